// Data from outside, by the real command: run folders that somebody else has made, and logs that are damaged.
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";

const TRAIN = ["train", "--data", smallData, "--no-pictures", "--epochs", "3", "--reporter", "lines"];

async function trained(cwd: string): Promise<string> {
  const before = new Set(readRuns(cwd));
  expect((await trainscope(TRAIN, { cwd })).status).toBe(0);
  const [id = ""] = readRuns(cwd).filter((one) => !before.has(one));
  return join(cwd, "runs", id);
}

function readRuns(cwd: string): readonly string[] {
  mkdirSync(join(cwd, "runs"), { recursive: true });
  return readdirSync(join(cwd, "runs"));
}

/** Where it is refused: what the command said, in one line and its hint. */
async function refusal(args: readonly string[], cwd: string): Promise<string> {
  const { status, stderr } = await trainscope(args, { cwd });
  expect([args, status]).toEqual([args, 2]);
  expect(stderr).not.toMatch(/fault of trainscope|\n {4}at /);
  return stderr;
}

describe("run.json", () => {
  it("with a field of another kind is refused by that field, and what is known is still listed", async () => {
    const cwd = temporaryFolder();
    const run = await trained(cwd);
    const path = join(run, "run.json");
    const record = JSON.parse(readFileSync(path, "utf8"));
    for (const [wrong, reason] of [
      [{ modules: { ...record.modules, plugins: "x" } }, 'modules.plugins is "x"; expected an array'],
      [{ data: { name: "x" } }, "data.counts is missing; expected an object"],
      [{ data: { ...record.data, source: 5 } }, "data.source is 5; expected a string"],
      [{ engine: "quantum" }, 'engine is "quantum"; expected'],
      [
        { parent: { runId: "../../etc", epoch: 1, batch: 0 } },
        'parent.runId is "../../etc"; expected the id of a run',
      ],
    ] as const) {
      writeFileSync(path, JSON.stringify({ ...record, ...wrong }));
      expect(await refusal([...TRAIN.slice(0, 1), "--resume", run, "--epochs", "5"], cwd)).toContain(reason);
      expect((await trainscope(["runs"], { cwd })).stdout).toContain(reason);
    }
  });

  it("of the newest run, damaged, is named where latest is asked for, and no other run is touched", async () => {
    const cwd = temporaryFolder();
    const older = await trained(cwd);
    const newer = await trained(cwd);
    writeFileSync(join(newer, "run.json"), "{");
    const log = readFileSync(join(older, "events.jsonl"), "utf8");
    for (const args of [
      ["train", "--resume", "latest", "--epochs", "5"],
      ["replay", "latest"],
      ["fork", "latest"],
    ]) {
      expect(await refusal(args, cwd)).toMatch(
        /the latest run is runs\/.*, and it is damaged: run\.json: it is no JSON/,
      );
    }
    expect(readFileSync(join(older, "events.jsonl"), "utf8")).toBe(log);
    expect((await trainscope(["runs"], { cwd })).stdout).toContain("damaged: run.json: it is no JSON");
  });
});

describe("events.jsonl", () => {
  it("with a damaged line is read by all commands, which say so and name the epoch that is missing", async () => {
    const cwd = temporaryFolder();
    const run = await trained(cwd);
    const path = join(run, "events.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    const at = lines.findIndex((line) => line.includes('"epoch:end","epoch":2'));
    writeFileSync(path, lines.with(at, lines[at]?.slice(0, 50) ?? "").join("\n"));
    const said = new RegExp(`events\\.jsonl, line ${at + 1}: it is no JSON: .*; epoch 2 is missing`);
    const table = join(cwd, "table.csv");
    const exported = await trainscope(["export", "latest", "--to", table], { cwd });
    expect([exported.status, exported.stdout]).toEqual([0, `wrote ${table}: 2 epochs\n`]);
    expect(exported.stderr).toMatch(said);
    expect((await trainscope(["replay", "latest", "--reporter", "lines"], { cwd })).stderr).toMatch(said);
    expect((await trainscope(["runs"], { cwd })).stdout).toMatch(said);
    const other = await trained(cwd);
    expect((await trainscope(["compare", run, other, "--json"], { cwd })).stderr).toMatch(said);
    expect((await trainscope(["attach", run, "--reporter", "json"], { cwd })).stderr).toMatch(said);
  });

  it("of more bytes than a string may have is gone on with, and cut nowhere", async () => {
    const cwd = temporaryFolder();
    const run = await trained(cwd);
    const path = join(run, "events.jsonl");
    // One line of zeros, which the disk doesn't hold.
    truncateSync(path, 540 << 20);
    appendFileSync(path, "\n");
    const { status, stderr } = await trainscope([...TRAIN, "--resume", run, "--epochs", "4"], { cwd });
    expect([status, stderr]).toEqual([0, expect.stringContaining("goes on after epoch 3")]);
    const table = join(cwd, "table.csv");
    expect((await trainscope(["export", run, "--to", table], { cwd })).stdout).toBe(
      `wrote ${table}: 4 epochs\n`,
    );
  });

  it.runIf(process.platform !== "win32")("that is a pipe keeps no command waiting", async () => {
    const cwd = temporaryFolder();
    const run = await trained(cwd);
    spawnSync("rm", [join(run, "events.jsonl")]);
    spawnSync("mkfifo", [join(run, "events.jsonl"), join(run, "label.json")]);
    expect((await trainscope(["runs"], { cwd })).stdout).toContain("events.jsonl: it is no regular file");
    for (const args of [
      ["replay", run],
      ["export", run, "--to", "a.csv"],
      ["train", "--resume", run],
    ]) {
      expect(await refusal(args, cwd)).toContain("events.jsonl");
    }
    expect(statSync(join(run, "events.jsonl")).isFIFO()).toBe(true);
  });

  it("of another program, with what it leaves out, is compared and replayed", async () => {
    const cwd = temporaryFolder();
    const run = await trained(cwd);
    const other = join(cwd, "runs", "other");
    mkdirSync(other);
    const header = { v: 1, runId: "other", time: 1 };
    const metric = { tag: "validation/accuracy", name: "accuracy", split: "validation", direction: "max" };
    const events = [
      { ...header, seq: 0, type: "run:start", config: { learningRate: 0.1 }, metrics: [metric] },
      { ...header, seq: 1, type: "control", action: "learningRate", epoch: 1, batch: 0 },
      { ...header, seq: 2, type: "epoch:end", epoch: 1, epochs: 0, metrics: { [metric.tag]: 0.5 }, timing: {} },
    ];
    writeFileSync(join(other, "events.jsonl"), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    const compared = await trainscope(["compare", run, other], { cwd });
    expect([compared.status, compared.stderr]).toEqual([0, ""]);
    const replayed = await trainscope(["replay", other, "--reporter", "lines"], { cwd });
    expect([replayed.status, replayed.stdout]).toEqual([
      0,
      expect.stringContaining("epoch 1 | validation: accuracy 0.5000"),
    ]);
  });
});

it("a controls file with a value of another kind is refused by its line", async () => {
  const cwd = temporaryFolder();
  const control = {
    v: 1,
    seq: 0,
    runId: "a",
    time: 1,
    type: "control",
    action: { toString: 1 },
    epoch: 1,
    batch: 0,
  };
  writeFileSync(join(cwd, "controls.jsonl"), `${JSON.stringify(control)}\n`);
  const stderr = await refusal([...TRAIN, "--controls", "controls.jsonl"], cwd);
  expect(stderr).toContain("line 1 is no event: action is an object; expected one of pause, resume,");
});
