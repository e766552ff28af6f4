// The socket of `watch --control` with the Python helper of docs/, as a loop uses it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import type { Control } from "@trainscope/core";
import { expect, it, onTestFinished, vi } from "vitest";
import { CONTROL_VARIABLE, type LoopControl, openLoopControl } from "./loop-control.ts";

const docs = join(import.meta.dirname, "../../../../docs");
const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stderr.write("python3 is missing: the helper of watch --control is not tested.\n");

const WAIT = { timeout: 20_000, interval: 5 };

async function open() {
  const told: string[] = [];
  const control = await openLoopControl({
    event: ({ action, from, to, epoch, batch }) => told.push(`${action} ${from} ${to} ${epoch} ${batch}`),
    refused: (reason) => told.push(`refused: ${reason}`),
    connected: (isThere) => told.push(isThere ? "connected" : "gone"),
  });
  onTestFinished(() => control.close());
  const tells = (...expected: readonly string[]) => vi.waitFor(() => expect(told).toEqual(expected), WAIT);
  return { control, told, tells };
}

/** A loop that counts batches as long as it may; `state` is what it printed last, `status` how it ended. */
function startLoop(control: LoopControl) {
  const program = `
import time
from trainscope_control import Control
control = Control(learningRate=0.5)
batch = 0
while control.goes_on(batch // 100, batch):
    batch += 1
    print(batch, control["learningRate"], flush=True)
    time.sleep(0.002)
raise SystemExit(6)
`;
  const child = spawn("python3", ["-c", program], {
    env: { ...process.env, PYTHONPATH: docs, PYTHONDONTWRITEBYTECODE: "1", [CONTROL_VARIABLE]: control.path },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  child.stdout.on("data", (text: Buffer) => {
    printed += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const last = (): [batch: number, rate: number] => {
    const [batch = 0, rate = 0] = (printed.trimEnd().split("\n").at(-1) ?? "").split(" ").map(Number);
    return [batch, rate];
  };
  return { ended, last };
}

it("is for its owner alone, and leaves nothing behind", async () => {
  const { control } = await open();
  expect(statSync(control.path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(control.path)).mode & 0o777).toBe(0o700);
  await control.close();
  expect(existsSync(dirname(control.path))).toBe(false);
});

it("takes no answer for more than it is", async () => {
  const { control, tells } = await open();
  const socket = connect(control.path);
  onTestFinished(() => void socket.destroy());
  socket.write('{"hello":1}\nnull\n{"event":5}\nnonsense\n');
  const wrong = "refused: what it answers is no message";
  await tells("connected", wrong, wrong, wrong);
});

it.skipIf(!hasPython)("a loop in Python pauses, changes its settings, takes steps and stops", async () => {
  const { control, told, tells } = await open();
  const loop = startLoop(control);
  await vi.waitFor(() => expect(loop.last()[0]).toBeGreaterThan(3), WAIT);
  const ask = async (asked: Control): Promise<string> => {
    const before = told.length;
    control.ask(asked);
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(before), WAIT);
    return told.at(-1) ?? "";
  };
  expect(await ask({ action: "pause" })).toMatch(/^pause training paused \d+ \d+$/);
  // It has finished its batch, and waits.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [paused] = loop.last();
  expect(await ask({ action: "learningRate", to: 0.25 })).toMatch(/^learningRate 0.5 0.25/);
  expect(await ask({ action: "lambda", to: 1 })).toBe("refused: this loop doesn't know lambda");
  expect(loop.last()[0]).toBe(paused);
  expect(await ask({ action: "step", unit: "batch" })).toMatch(/^step paused stepping/);
  await vi.waitFor(() => expect(loop.last()).toEqual([paused + 1, 0.25]), WAIT);
  expect(await ask({ action: "resume" })).toMatch(/^resume paused training/);
  await vi.waitFor(() => expect(loop.last()[0]).toBeGreaterThan(paused + 3), WAIT);
  control.ask({ action: "stop" });
  expect(await loop.ended).toBe(6);
  await vi.waitFor(
    () => expect(told.slice(-2)).toEqual([expect.stringMatching(/^stop training stopping/), "gone"]),
    WAIT,
  );
  await tells(...told);
});

it.skipIf(!hasPython)("a loop goes on when whoever watched has left", async () => {
  const { control } = await open();
  const loop = startLoop(control);
  await vi.waitFor(() => expect(loop.last()[0]).toBeGreaterThan(3), WAIT);
  control.ask({ action: "pause" });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [paused] = loop.last();
  await control.close();
  await vi.waitFor(() => expect(loop.last()[0]).toBeGreaterThan(paused + 3), WAIT);
});

it.skipIf(!hasPython)("a loop is left alone by whoever leaves before it has answered, or isn't there", () => {
  const program = `
import json, os, socket, tempfile
from trainscope_control import Control
with tempfile.TemporaryDirectory() as folder:
    path = os.environ["TRAINSCOPE_CONTROL"] = folder + "/socket"
    def listen():
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen()
        return server
    def asked(*controls):
        there = server.accept()[0]
        there.recv(100)
        there.sendall(b"".join(json.dumps({"control": control}).encode() + b"\\n" for control in controls))
        there.close()
    server = listen()
    for controls in ([{"action": "learningRate", "to": 0.25}], [{"action": "pause"}, {"action": "step"}]):
        control = Control(learningRate=0.5)
        asked(*controls)
        print("left before the answer", control.goes_on(1, 1), control["learningRate"], control.goes_on(2, 1))
    control = Control()
    server.accept()[0].close()
    print("left before the greeting", control.goes_on(1, 1), control.goes_on(1, 2))
    server.close()
    print("nobody listens", Control().goes_on(1, 1))
    os.unlink(path)
    print("no socket", Control().goes_on(1, 1))
`;
  const { stdout, stderr } = spawnSync("python3", ["-c", program], {
    env: { ...process.env, PYTHONPATH: docs, PYTHONDONTWRITEBYTECODE: "1" },
    encoding: "utf8",
    timeout: WAIT.timeout,
  });
  expect([stdout.trimEnd().split("\n"), stderr]).toEqual([
    [
      "left before the answer True 0.25 True",
      "left before the answer True 0.5 True",
      "left before the greeting True True",
      "nobody listens True",
      "no socket True",
    ],
    "",
  ]);
});

it("the helper has at most fifty lines", () => {
  expect(
    readFileSync(join(docs, "trainscope_control.py"), "utf8").trimEnd().split("\n").length,
  ).toBeLessThanOrEqual(50);
});
