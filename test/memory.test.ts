import { execFile } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { nativeSupport } from "@trainscope/engine-native";
import { describe, expect, it } from "vitest";
import { cifar10 } from "./support/cifar10.ts";
import { temporaryFolder, trainscope } from "./support/command.ts";

const program = (name: string): string => join(import.meta.dirname, "programs", name);

/** The command tells on the last line of stderr the most memory, in MB, that it held. */
const MEASURED = { NODE_OPTIONS: `--import=${program("report-memory.ts")}` };
const megabytesOf = (stderr: string): number => Number(stderr.trimEnd().split("\n").at(-1));

const EPOCHS = 300_000;

/** The log of a run of `EPOCHS` epochs, 120 MB. */
function writeLongLog(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, "events.jsonl"), "w");
  const tags = ["loss", "cost", "accuracy"].flatMap((name) => [`train/${name}`, `validation/${name}`]);
  let seq = 0;
  const lineOf = (body: object): string =>
    `${JSON.stringify({ v: 1, seq: seq++, runId: "long", time: seq, ...body })}\n`;
  writeSync(file, lineOf({ type: "run:start", config: {}, metrics: [] }));
  for (let first = 1; first <= EPOCHS; first += 1000) {
    const lines = Array.from({ length: 1000 }, (_, i) => {
      const epoch = { epoch: first + i, epochs: EPOCHS };
      const metrics = Object.fromEntries(tags.map((tag, k) => [tag, (first + i) / (EPOCHS + k + 1)]));
      const timing = { trainMs: 10.5, evaluateMs: 3.5 };
      return (
        lineOf({ type: "epoch:start", ...epoch }) +
        lineOf({ type: "epoch:end", ...epoch, learningRate: 0.001, metrics, timing })
      );
    });
    writeSync(file, lines.join(""));
  }
  closeSync(file);
}

describe("memory", () => {
  it("a thousand epochs leave it flat", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--expose-gc",
      program("thousand-epochs.ts"),
    ]);
    const [middle, end] = JSON.parse(stdout) as [[number, number], [number, number]];
    // 800 epochs later: code that has been compiled since, but not a kilobyte an epoch.
    expect(end[0] - middle[0]).toBeLessThan(500_000);
    // With the threads and the memory that they share; what garbage collection keeps for later comes and goes.
    expect(end[1] - middle[1]).toBeLessThan(30_000_000);
  });

  it.skipIf(cifar10 === undefined).each(nativeSupport().available ? ["native", "wasm"] : ["wasm"])(
    "all 60,000 pictures of CIFAR-10 are trained on by the %s engine within 450 MB",
    async (engine) => {
      // Each thread adds some megabytes of its own.
      const flags = ["--train-on", "all", "--epochs", "3", "--engine", engine, "--threads", "2"];
      const { status, stderr } = await trainscope(
        ["train", "--data", cifar10 ?? "", ...flags, "--no-pictures", "--reporter", "json"],
        { cwd: temporaryFolder(), environment: MEASURED },
      );
      expect(status).toBe(0);
      const megabytes = megabytesOf(stderr);
      expect(megabytes).toBeGreaterThan(184);
      expect(megabytes).toBeLessThan(450);
    },
  );

  it("a log of 300,000 epochs is listed and exported within what a program takes anyway and a part of the log", async () => {
    const cwd = temporaryFolder();
    writeLongLog(join(cwd, "runs/long"));
    const listed = await trainscope(["runs"], { cwd, environment: MEASURED });
    expect(listed.stdout).toContain(`${EPOCHS}/${EPOCHS}`);
    expect(megabytesOf(listed.stderr)).toBeLessThan(200);
    const exported = await trainscope(["export", "long", "--to", "long.csv"], { cwd, environment: MEASURED });
    expect(exported).toMatchObject({ status: 0, stdout: `wrote long.csv: ${EPOCHS} epochs\n` });
    expect(readFileSync(join(cwd, "long.csv"), "utf8").split("\n")).toHaveLength(EPOCHS + 2);
    expect(megabytesOf(exported.stderr)).toBeLessThan(350);
  });
});
