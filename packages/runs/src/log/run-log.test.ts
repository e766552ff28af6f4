import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";
import { at, runStart } from "@trainscope/core/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseRecord } from "../record/parse-record.ts";
import { createRunRecord, type RunBeginning } from "../record/run-record.ts";
import { recordMade } from "../record/testing/record.ts";
import { sizeBefore } from "./read-log.ts";
import { continueRunLog, createRunLog } from "./run-log.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-run-log-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const split = (byte: number) => ({ labels: Uint8Array.of(byte), images: new Uint8Array(3).fill(byte) });
const dataset = {
  name: "three bytes",
  classNames: ["a"],
  shape: { width: 1, height: 1, channels: 3 },
  train: split(1),
  validation: split(2),
  test: split(3),
};
const beginning: RunBeginning = {
  runId: "run",
  settings: DEFAULT_SETTINGS,
  dataset,
  source: "a/folder",
  part: { trainOn: "all", labels: "coarse" },
  version: "1.2.3",
  engine: "wasm",
  threads: 2,
  script: [],
  modules: { config: null, plugins: ["/a.js"], metrics: [], pictures: true },
  checkpoints: { every: 0, keep: 7 },
};

describe("run.json", () => {
  it("has the settings, the data by number and checksum, and when the run began; it is read back as written", async () => {
    const record = createRunRecord(beginning, new Date(0));
    const hash = (byte: number) =>
      createHash("sha256")
        .update(Uint8Array.of(byte, byte, byte, byte))
        .digest("hex");
    expect(record).toMatchObject({
      v: 1,
      runId: "run",
      startedAt: "1970-01-01T00:00:00.000Z",
      settings: DEFAULT_SETTINGS,
      data: {
        counts: { train: 1, validation: 1, test: 1 },
        sha256: { train: hash(1), validation: hash(2), test: hash(3) },
      },
      engine: "wasm",
      threads: 2,
      versions: { trainscope: "1.2.3", node: process.versions.node },
    });
    expect(parseRecord(JSON.stringify(record))).toEqual(record);
  });

  it("of an earlier version is read as one whose data and modules are to be found out", () => {
    const { data, modules, script, parent, checkpoints, ...rest } = createRunRecord(beginning);
    const { source, trainOn, labels, ...known } = data;
    expect(parseRecord(JSON.stringify({ ...rest, data: known }))).toMatchObject({
      data: { source: "", trainOn: "batch1", labels: "fine" },
      modules: { config: null, plugins: [], metrics: [], pictures: true },
      script: [],
      parent: null,
    });
  });

  it.each([
    ["{", "it is no JSON: "],
    ["null", "it is null; expected an object"],
    [{ v: 2 }, "v is 2; expected 1"],
    [{ v: undefined }, "v is missing; expected 1"],
    [{ runId: undefined }, "runId is missing; expected the id of a run"],
    [{ runId: "../x" }, 'runId is "../x"; expected the id of a run: a plain folder name'],
    [{ startedAt: "now" }, 'startedAt is "now"; expected a time'],
    [{ data: { name: "x" } }, "data.counts is missing; expected an object"],
    [{ data: { ...recordMade().data, sha256: undefined } }, "data.sha256 is missing; expected an object"],
    [{ data: { ...recordMade().data, source: 5 } }, "data.source is 5; expected a string"],
    [{ settings: undefined }, "settings is missing; expected an object of settings"],
    [{ settings: { epochs: 0 } }, "of its settings, epochs is 0"],
    [{ settings: { schedule: null } }, "of its settings, schedule is null"],
    [{ settings: { seed: { toString: 1 } } }, "of its settings, seed is an object"],
    [{ engine: "gpu" }, 'engine is "gpu"; expected "native" or "wasm" or "reference"'],
    [{ modules: { plugins: "x" } }, 'modules.plugins is "x"; expected an array'],
    [
      { script: [{ epoch: 1, batch: 0, control: { action: "jump" } }] },
      'script[0].control.action is "jump"; expected',
    ],
    [{ parent: { runId: "a/b", epoch: 1, batch: 0 } }, 'parent.runId is "a/b"; expected the id of a run'],
  ])("%j is told by what is wrong with it", (wrong, reason) => {
    const text = typeof wrong === "string" ? wrong : JSON.stringify({ ...recordMade(), ...wrong });
    expect(parseRecord(text)).toContain(reason);
  });
});

describe("createRunLog", () => {
  it("writes run.json at once, and keeps both files of a run that has started", async () => {
    const record = createRunRecord(beginning);
    const log = await createRunLog(home, record, expect.unreachable);
    expect(JSON.parse(readFileSync(join(home, "run.json"), "utf8"))).toEqual(record);
    log.add(at(0, runStart()));
    expect(await log.close()).toBeUndefined();
    expect(readdirSync(home).sort()).toEqual(["events.jsonl", "run.json"]);
  });

  it("leaves nothing of a run that never started", async () => {
    const log = await createRunLog(home, createRunRecord(beginning), expect.unreachable);
    await log.close();
    expect(readdirSync(home)).toEqual([]);
  });

  it("says which folder it can't write into, and leaves nothing there", async () => {
    const folder = join(home, "run");
    mkdirSync(join(folder, "run.json"), { recursive: true });
    writeFileSync(join(folder, "run.json/x"), "");
    await expect(createRunLog(folder, createRunRecord(beginning), () => {})).rejects.toMatchObject({
      code: "OUTPUT_NOT_WRITABLE",
      message: expect.stringContaining(`can't write into ${folder}: `),
    });
    expect(readdirSync(folder)).toEqual(["run.json"]);
  });
});

describe("continueRunLog", () => {
  const line = (seq: number, text = "é") => `${JSON.stringify({ seq, text })}\n`;
  const log = `${line(0)}no JSON\n${line(3)}\n${line(5, "∂")}${line(9)}{"seq":1`;
  const kept = async (seq: number) => {
    writeFileSync(join(home, "events.jsonl"), log);
    return Buffer.from(log)
      .subarray(0, await sizeBefore(join(home, "events.jsonl"), seq))
      .toString();
  };

  it("cuts the log off after the last event before, with all that lies between, and goes on there", async () => {
    expect(await kept(0)).toBe("");
    expect(await kept(3)).toBe(line(0));
    expect(await kept(5)).toBe(`${line(0)}no JSON\n${line(3)}`);
    expect(await kept(99)).toBe(`${line(0)}no JSON\n${line(3)}\n${line(5, "∂")}${line(9)}`);
    const rest = await kept(5);
    const continued = await continueRunLog(home, 5, expect.unreachable);
    const event = at(0, runStart());
    continued.add(event);
    await continued.flush();
    expect(readFileSync(join(home, "events.jsonl"), "utf8")).toBe(`${rest}${JSON.stringify(event)}\n`);
    expect(await continued.close()).toBeUndefined();
  });

  it("makes the log of a run that was killed before it had one", async () => {
    const continued = await continueRunLog(home, 0, expect.unreachable);
    const event = at(0, runStart());
    continued.add(event);
    expect(await continued.close()).toBeUndefined();
    expect(readFileSync(join(home, "events.jsonl"), "utf8")).toBe(`${JSON.stringify(event)}\n`);
  });

  it("says which folder it can't go on in", async () => {
    const folder = join(home, "none");
    await expect(continueRunLog(folder, 5, () => {})).rejects.toMatchObject({ code: "OUTPUT_NOT_WRITABLE" });
  });

  it("leaves a log as it is that it can't read", async () => {
    const path = join(home, "events.jsonl");
    mkdirSync(path);
    await expect(continueRunLog(home, 5, () => {})).rejects.toMatchObject({
      code: "BAD_DATA",
      message: `can't read ${path}: it is a folder`,
    });
    expect(readdirSync(home)).toEqual(["events.jsonl"]);
  });
});
