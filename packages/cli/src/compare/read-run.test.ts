import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readComparedRun } from "./read-run.ts";

let folder = "";
let log = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-compared-"));
  log = join(folder, "events.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a log of more bytes than a string may have is read, and what was passed over is told", async () => {
  const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;
  const events = [at(0, runStart()), ...epochEvents(2)].map((event, seq) => ({ ...event, seq }));
  writeFileSync(log, events.map(lineOf).join(""));
  // One line of zeros, which the disk doesn't hold.
  truncateSync(log, 560 << 20);
  const third = epochEvents(1).find(({ type }) => type === "epoch:end");
  appendFileSync(log, `\n${lineOf({ ...third, seq: 100, epoch: 3 })}`);
  const { history, problems } = await readComparedRun(folder);
  expect(history.epochs).toEqual([1, 2, 3]);
  const reason = `events.jsonl, line ${events.length + 1}: it is longer than 64 MiB`;
  expect(problems).toContainEqual(expect.stringContaining(reason));
});

it.runIf(process.platform !== "win32")("a log that is no regular file is not waited for", async () => {
  spawnSync("mkfifo", [log]);
  expect((await readComparedRun(folder)).problems).toContainEqual(expect.stringContaining("no regular file"));
});
