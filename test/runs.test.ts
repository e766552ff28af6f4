// Listing, finding, labelling, removing and exporting runs, by the command.
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { TrainingEvent } from "@trainscope/core/events";
import { decodeSafetensors } from "@trainscope/core/safetensors";
import { describe, expect, it } from "vitest";
import { eventsOf, temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";

const metrics = { "validation/accuracy": 0.25, "=1+1": null };
const logOf = (runId: string) =>
  [
    { type: "run:start", config: { lambda: 0.5 }, metrics: [] },
    {
      type: "epoch:end",
      epoch: 1,
      epochs: 2,
      learningRate: 0.01,
      metrics,
      timing: { trainMs: 2, evaluateMs: 1 },
    },
  ]
    .map((event, seq) => `${JSON.stringify({ v: 1, seq, runId, time: 1000 * seq, ...event })}\n`)
    .join("");

/** A run without an end, as a folder of `runs`; `session` is what its process last said. */
function putRun(cwd: string, runId: string, session?: object): string {
  const folder = join(cwd, "runs", runId);
  mkdirSync(join(folder, "sessions"), { recursive: true });
  writeFileSync(join(folder, "events.jsonl"), logOf(runId));
  if (session !== undefined) {
    const whole = { v: 1, pid: process.pid, host: hostname(), startedAt: "", endedAt: null, ...session };
    writeFileSync(join(folder, "sessions/0001.json"), JSON.stringify(whole));
  }
  return folder;
}

async function list(cwd: string, ...filters: readonly string[]) {
  const { stdout, stderr, status } = await trainscope(["runs", ...filters, "--json"], { cwd });
  expect([stderr, status]).toEqual(["", 0]);
  return JSON.parse(stdout) as { run: string; state: string; name: string | null; tags: string[] }[];
}

describe("trainscope runs", () => {
  it("tells a run that is being trained from one whose process died, with its last sign", async () => {
    const cwd = temporaryFolder();
    putRun(cwd, "live", {});
    const died = putRun(cwd, "dead", { host: "elsewhere" });
    utimesSync(join(died, "sessions/0001.json"), 1e9, 1e9);
    putRun(cwd, "other");
    const states = Object.fromEntries((await list(cwd)).map(({ run, state }) => [run, state]));
    expect(states).toEqual({ live: "running", dead: "died", other: "no-end" });
    const { stdout } = await trainscope(["runs"], { cwd });
    expect(stdout).toMatch(/^dead .* 25\.00 % after 1 .* died, last sign 2001-09-0\d \d\d:46:40/m);
    expect(stdout).toMatch(/^live .* running/m);
  });

  it("finds runs by name and tags once they are given, and by data, state and settings", async () => {
    const cwd = temporaryFolder();
    const one = putRun(cwd, "one");
    writeFileSync(join(one, "events.jsonl"), logOf("one").replace("0.5", "1"));
    putRun(cwd, "two");
    const told = await trainscope(["runs", "tag", "two", "thesis", "good", "thesis"], { cwd });
    expect(told).toMatchObject({ stdout: "runs/two: no name, tags thesis, good\n", stderr: "", status: 0 });
    await trainscope(["runs", "rename", "tw", "high lambda"], { cwd });
    await trainscope(["runs", "untag", "high lambda", "good"], { cwd });
    expect(await list(cwd, "--tag", "thesis", "--setting", "lambda=5e-1")).toMatchObject([
      { run: "two", name: "high lambda", tags: ["thesis"] },
    ]);
    expect((await list(cwd, "--state", "no-end", "died")).map(({ run }) => run).sort()).toEqual(["one", "two"]);
    expect((await trainscope(["runs", "--state", "died"], { cwd })).stdout).toContain(
      "None of the runs in runs fits",
    );
    expect((await trainscope(["runs"], { cwd })).stdout).toMatch(/^two +high lambda .* thesis +lambda 0\.5$/m);

    const taken = await trainscope(["runs", "rename", "one", "high lambda"], { cwd });
    expect([taken.status, taken.stderr]).toEqual([2, expect.stringContaining("is what the run two is called")]);
    for (const [name, reason] of [
      ["latest", "is the run that began last"],
      ["a/b", "Expected words without slashes"],
    ] as const) {
      const { status, stderr } = await trainscope(["runs", "rename", "one", name], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringContaining(reason)]);
    }
    await trainscope(["runs", "rename", "two"], { cwd });
    expect(await list(cwd, "--tag", "thesis")).toMatchObject([{ name: null }]);
  });
});

describe("trainscope runs remove", () => {
  it("without a terminal needs --yes, and then removes these runs and no others", async () => {
    const cwd = temporaryFolder();
    for (const id of ["a1", "a2", "b"]) putRun(cwd, id);
    const refused = await trainscope(["runs", "remove", "a1"], { cwd, dialogue: [["", "y\n"]] });
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining("--yes removes without asking"),
    ]);
    const { status, stdout } = await trainscope(["runs", "remove", "a1", "runs/b", "a1", "--yes"], { cwd });
    expect([status, stdout]).toEqual([0, "removed runs/a1\nremoved runs/b\n"]);
    expect(readdirSync(join(cwd, "runs"))).toEqual(["a2"]);
  });

  it("removes none where one of them is being trained, isn't there, or is no run's folder", async () => {
    const cwd = temporaryFolder();
    putRun(cwd, "done");
    putRun(cwd, "live", {});
    mkdirSync(join(cwd, "photos"));
    for (const [other, reason] of [
      ["live", `process ${process.pid} on ${hostname()} trains it`],
      ["none", 'there is no run "none" in runs, but live, done'],
      ["./photos", "./photos is no run's folder"],
    ] as const) {
      const { status, stderr } = await trainscope(["runs", "remove", "done", other, "--yes"], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringContaining(reason)]);
    }
    expect([readdirSync(cwd), readdirSync(join(cwd, "runs"))]).toEqual([
      ["photos", "runs"],
      ["done", "live"],
    ]);
  });

  it.skipIf(!hasTmux).each([
    ["y", /removed .*runs\/a\s+exit status 0/, []],
    ["", /Nothing was removed\.\s+exit status 0/, ["a"]],
  ])("on a terminal asks, and takes %j as it should", async (answer, told, left) => {
    const cwd = temporaryFolder();
    putRun(cwd, "a");
    const terminal = openTerminal(["runs", "remove", "a", "--out", join(cwd, "runs")]);
    await terminal.until(/Remove .*runs\/a for good\? \[y\/N\]/);
    terminal.type(answer, "Enter");
    await terminal.until(told);
    expect(readdirSync(join(cwd, "runs"))).toEqual(left);
  });
});

describe("trainscope export", () => {
  it("writes the parameters of a checkpoint, and the figures of the epochs, as the run has them", async () => {
    const cwd = temporaryFolder();
    const trained = await trainscope(
      ["train", "--data", smallData, "--no-pictures", "--epochs", "2", "--reporter", "json"],
      {
        cwd,
      },
    );
    const events: readonly TrainingEvent[] = eventsOf(trained.stdout);
    const run = events[0]?.runId ?? "";
    const { status, stdout, stderr } = await trainscope(["export", "latest", "--to", "w.safetensors"], { cwd });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe("wrote w.safetensors: weights (10 x 3072) and biases (10) of epoch 2\n");
    const checkpoint = join(cwd, "runs", run, "checkpoints/epoch-0002.safetensors");
    const [exported, kept] = [join(cwd, "w.safetensors"), checkpoint].map((path) =>
      decodeSafetensors(readFileSync(path)),
    );
    expect(exported?.tensors.weights?.data).toEqual(kept?.tensors.weights?.data);
    expect(exported?.metadata).toMatchObject({ runId: run, epoch: "2" });

    await trainscope(["export", "latest", "--checkpoint", "best", "--to", "w.npz"], { cwd });
    expect(readFileSync(join(cwd, "w.npz")).subarray(0, 2).toString()).toBe("PK");
    await trainscope(["export", "latest", "--to", "w.bin", "--format", "onnx"], { cwd });
    expect(readFileSync(join(cwd, "w.bin")).subarray(0, 14).toString("latin1")).toBe(
      "\x08\x07\x12\ntrainscope",
    );
    const templates = await trainscope(["export", "latest", "--to", "t.png"], { cwd });
    expect(templates.stdout).toBe("wrote t.png: 2 pictures, by the checkpoints of epochs 1 to 2\n");
    const board = await trainscope(["export", "latest", "--to", "board"], { cwd });
    expect(board.stdout).toMatch(/^wrote board\/events\.out\.tfevents\.\d+\.trainscope: 2 epochs$/m);
    await trainscope(["export", "latest", "--to", "w.csv"], { cwd });
    const [head = "", ...rows] = readFileSync(join(cwd, "w.csv"), "utf8").trimEnd().split("\r\n");
    const column = head.split(",").indexOf("validation/loss");
    const ends = events.filter((event) => event.type === "epoch:end");
    expect(rows.map((row) => Number(row.split(",")[column]))).toEqual(
      ends.map((event) => event.metrics["validation/loss"]),
    );
  });

  it("refuses what it can't do, and leaves no file", async () => {
    const cwd = temporaryFolder();
    putRun(cwd, "a");
    for (const [words, reason] of [
      [
        ["a", "--to", "w.txt"],
        "Expected a file that ends in .npz, .safetensors, .onnx, .csv, .jsonl, .md, .apng or .png",
      ],
      [["a", "--to", "w.onnx", "--format", "pickle"], "Allowed choices are npz, safetensors, onnx"],
      [["a", "--to", "runs", "--format", "onnx"], "runs is a folder; expected a file as onnx"],
      [["a", "--to", "w.npz"], "runs/a has no checkpoint at all"],
      [["a", "--to", "t.png"], "runs/a has no checkpoint of a whole epoch"],
      [["a", "--to", "w.csv", "--epoch", "1"], "w.csv would have the figures of all epochs"],
      [["a", "--to", "w.npz", "--epoch", "1", "--checkpoint", "best"], "cannot be used with"],
      [["a", "--to", "no/such/w.csv"], "can't write no/such/w.csv: its folder does not exist"],
    ] as const) {
      const { status, stderr } = await trainscope(["export", ...words], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringContaining(reason)]);
    }
    expect(readdirSync(cwd)).toEqual(["runs"]);
    await trainscope(["export", "a", "--to", "w.csv"], { cwd });
    expect(readFileSync(join(cwd, "w.csv"), "utf8")).toBe(
      "epoch,learning rate,validation/accuracy,'=1+1,training ms,evaluation ms\r\n1,0.01,0.25,,2,1\r\n",
    );
    expect(existsSync(join(cwd, "runs/a/label.json"))).toBe(false);
  });
});
