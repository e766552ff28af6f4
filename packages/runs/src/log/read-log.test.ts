import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planEpochsTable } from "../export/epochs-table.ts";
import { listRuns } from "../listing/list-runs.ts";
import { readRun } from "../listing/read-run.ts";
import { recordMade } from "../record/testing/record.ts";
import { sizeBefore } from "./read-log.ts";
import { continueRunLog } from "./run-log.ts";

let out = "";
let folder = "";
let log = "";
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "trainscope-log-"));
  folder = join(out, "a");
  log = join(folder, "events.jsonl");
  mkdirSync(folder);
  writeFileSync(join(folder, "run.json"), JSON.stringify(recordMade()));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;
const events = [at(0, runStart()), ...epochEvents(2)].map((event, seq) => ({ ...event, seq }));

describe("a log of more bytes than a string may have", () => {
  beforeEach(() => {
    writeFileSync(log, events.map(lineOf).join(""));
    // One line of zeros, which the disk doesn't hold.
    truncateSync(log, 560 << 20);
    const third = epochEvents(1).find(({ type }) => type === "epoch:end");
    appendFileSync(log, `\n${lineOf({ ...third, seq: 100, epoch: 3 })}`);
  });

  it("is read by every reader, which says what it has passed over", async () => {
    const reason = `events.jsonl, line ${events.length + 1}: it is longer than 64 MiB`;
    const run = await readRun(folder);
    expect(run.events.map(({ seq }) => seq)).toEqual([...events.map(({ seq }) => seq), 100]);
    expect(run.problems).toEqual([expect.stringContaining(reason)]);
    const [listed] = await listRuns(out);
    expect([listed?.epochs.done, listed?.problems]).toEqual([3, [expect.stringContaining(reason)]]);
    expect(await planEpochsTable(log)).toMatchObject({
      count: 3,
      problems: [expect.stringContaining(reason)],
    });
  });

  it("is cut where a run goes on", async () => {
    expect(await sizeBefore(log, 100)).toBe(events.map(lineOf).join("").length);
    const size = statSync(log).size;
    const continued = await continueRunLog(folder, 101, expect.unreachable);
    await continued.close();
    expect(statSync(log).size).toBe(size);
  });
});

describe.runIf(process.platform !== "win32")("what is no regular file", () => {
  const makePipe = (path: string): void => void spawnSync("mkfifo", [path]);

  it("is damaged, and not waited for", async () => {
    for (const file of ["events.jsonl", "label.json"]) makePipe(join(folder, file));
    const [listed] = await listRuns(out);
    expect(listed?.problems).toEqual([
      "events.jsonl: it is no regular file",
      expect.stringContaining("label.json: it is no regular file"),
    ]);
    await expect(readRun(folder)).rejects.toMatchObject({
      code: "BAD_DATA",
      message: `can't read ${log}: it is no regular file`,
    });
  });

  it("neither is a record of more than 16 MiB read", async () => {
    truncateSync(join(folder, "run.json"), 17 << 20);
    expect((await listRuns(out))[0]?.problems[0]).toBe(
      "run.json: it has 17825792 bytes; expected at most 16777216",
    );
  });
});

it("a log that can't be read is left as it is, and not taken for an empty one", async () => {
  mkdirSync(log);
  await expect(readRun(folder)).rejects.toMatchObject({ message: `can't read ${log}: it is a folder` });
  await expect(continueRunLog(folder, 0, expect.unreachable)).rejects.toMatchObject({ code: "BAD_DATA" });
});
