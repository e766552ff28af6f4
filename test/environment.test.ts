// What computes a run, by the real command: told where it is another than before, and never mistaken.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";

/** The native engine needs no WebAssembly, and gives the same bits on any processor. */
const WASM = ["--engine", "wasm"];
const TRAIN = ["train", "--data", smallData, "--no-pictures", "--epochs", "3", "--reporter", "lines", ...WASM];
const RESUME = ["train", "--resume", "latest", "--epochs", "5", "--reporter", "lines"];

/** A host without WebAssembly. */
const without = { NODE_OPTIONS: "--import=data:text/javascript,delete%20globalThis.WebAssembly" };

const runIn = (cwd: string): string => join(cwd, "runs", readdirSync(join(cwd, "runs"))[0] ?? "");

function eventsIn(cwd: string): readonly TrainingEvent[] {
  const lines = readFileSync(join(runIn(cwd), "events.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** As if another machine had written the run's checkpoints. */
async function changeCheckpoints(cwd: string, environment: Partial<Checkpoint["environment"]>): Promise<void> {
  const folder = join(runIn(cwd), "checkpoints");
  for (const name of readdirSync(folder)) {
    const checkpoint = await decodeCheckpoint(readFileSync(join(folder, name)));
    if (checkpoint.environment === undefined) throw new Error("a checkpoint tells what computed it");
    const changed = { ...checkpoint, environment: { ...checkpoint.environment, ...environment } };
    writeFileSync(join(folder, name), await encodeCheckpoint(changed));
  }
}

describe("a run from another machine", () => {
  it("says by name what differs, before it goes on or is forked", async () => {
    const cwd = temporaryFolder();
    expect((await trainscope(TRAIN, { cwd })).status).toBe(0);
    await changeCheckpoints(cwd, { processor: "Z80", runtime: "Node.js 1.0.0" });
    const { environment } = eventsIn(cwd)[0] as Extract<TrainingEvent, { type: "run:start" }>;
    const differs = `processor Z80 before, ${environment?.processor} now; runtime Node.js 1.0.0 before, ${environment?.runtime} now`;

    const fork = await trainscope(["fork", "latest", "--epochs", "4", "--reporter", "lines"], { cwd });
    expect(fork.status).toBe(0);
    const told = `warning: the last digits may be others than its parent's: ${differs}`;
    expect(fork.stdout).toContain(told);
    expect(fork.stdout.indexOf(told)).toBeLessThan(fork.stdout.indexOf("epoch 4/4"));

    const resumed = await trainscope(RESUME.with(2, runIn(cwd)), { cwd });
    expect(resumed.status).toBe(0);
    const again = `warning: the last digits may be others than the run would have come to: ${differs}`;
    expect(resumed.stdout).toContain(again);
    expect(resumed.stdout.indexOf(again)).toBeLessThan(resumed.stdout.indexOf("epoch 4/5"));
  });

  it("on the same machine nothing is said", async () => {
    const cwd = temporaryFolder();
    await trainscope(TRAIN, { cwd });
    const { status, stdout } = await trainscope(RESUME, { cwd });
    expect([status, stdout.includes("last digits")]).toEqual([0, false]);
  });
});

describe("where there is no WebAssembly", () => {
  it("a new run says which engine serves and why, and goes on with that one anywhere", async () => {
    const cwd = temporaryFolder();
    const begun = await trainscope([...TRAIN, "--threads", "2"], { cwd, environment: without });
    expect(begun.status).toBe(0);
    expect(begun.stdout).toMatch(/warning: this host has no WebAssembly SIMD: the reference engine computes/);
    for (const [environment, epochs] of [
      [without, "5"],
      [{}, "7"],
    ] as const) {
      const { status, stdout, stderr } = await trainscope(RESUME.with(4, epochs), { cwd, environment });
      expect([status, stderr.includes("goes on")]).toEqual([0, true]);
      expect(stdout.split("Completed")[0]).not.toContain("warning");
    }
    const computed = eventsIn(cwd).flatMap((event) =>
      event.type === "run:start" || event.type === "run:resume" ? [event.environment?.engine] : [],
    );
    expect(computed).toEqual(["reference", "reference", "reference"]);
  });

  it("a run of the wasm engine is refused with the reason, and stays as it was", async () => {
    const cwd = temporaryFolder();
    await trainscope(TRAIN, { cwd });
    const before = eventsIn(cwd);
    const { status, stderr } = await trainscope(RESUME, { cwd, environment: without });
    expect(status).toBe(2);
    expect(eventsIn(cwd)).toEqual(before);
    expect(stderr).toContain(
      "the run was trained in float32; the engine reference computes in float64 (this host has no WebAssembly SIMD",
    );
    expect((await trainscope(RESUME, { cwd })).status).toBe(0);
  });

  it("a report's trials are taken for no other engine's", async () => {
    const cwd = temporaryFolder();
    const part = ["--quick", "--part", "basic", "--no-pdf"];
    const report = ["report", "--data", "sample", ...part, "--reporter", "json", ...WASM];
    const trials = async (environment = {}) => {
      const { status, stdout } = await trainscope(report, { cwd, environment });
      const events = stdout.trimEnd().split("\n");
      expect(status).toBe(0);
      return ["trial:start", '"reused":true'].map(
        (text) => events.filter((line) => line.includes(text)).length,
      );
    };
    expect(await trials(without)).toEqual([4, 0]);
    expect(await trials()).toEqual([4, 0]);
    expect(await trials(without)).toEqual([0, 4]);
  });
});

it("an engine that doesn't start for another reason ends the command with that reason, and nothing is left", async () => {
  const cwd = temporaryFolder();
  const noMemory =
    "WebAssembly.Memory = class { constructor() { throw new RangeError('could not allocate memory'); } }";
  const { status, stderr } = await trainscope(TRAIN, {
    cwd,
    environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(noMemory)}` },
  });
  expect(status).toBe(1);
  expect(stderr).toBe(
    "trainscope: the wasm engine did not start: could not allocate memory\n" +
      "The reference engine needs no WebAssembly: slower, and in float64.\n",
  );
  expect(readdirSync(cwd)).toEqual([]);
});
