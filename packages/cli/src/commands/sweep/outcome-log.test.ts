import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openOutcomeLog } from "./outcome-log.ts";
import type { TrialOutcome } from "./trial-task.ts";

const OUTCOME: TrialOutcome = {
  v: 1,
  reason: "completed",
  milliseconds: 12,
  reused: false,
  file: "epochs-1-seed-0.json",
  values: { "validation/accuracy": 0.4, "validation/loss": null },
  environment: { engine: "wasm", precision: "float32", threads: 1 },
};

function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "trainscope-outcomes-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it("finds what was kept, by an earlier process too, and passes over lines that are torn or wrong", async () => {
  const folder = temporaryFolder();
  const first = await openOutcomeLog(folder);
  await first.keep("one", OUTCOME);
  expect(first.find("one")).toEqual(OUTCOME);
  appendFileSync(join(folder, "outcomes.jsonl"), '\n{"key":"two","outcome":{"v":2}}\n{"key":"three","outc');
  const second = await openOutcomeLog(folder);
  await second.keep("four", OUTCOME);
  const third = await openOutcomeLog(folder);
  expect(["one", "two", "three", "four"].map((key) => third.find(key))).toEqual([
    OUTCOME,
    undefined,
    undefined,
    OUTCOME,
  ]);
});

it("reads on where it has become larger than any other file of a sweep", async () => {
  const folder = temporaryFolder();
  const log = await openOutcomeLog(folder);
  await log.keep("first", OUTCOME);
  appendFileSync(join(folder, "outcomes.jsonl"), `\n${"x".repeat(1 << 20)}`.repeat(17));
  await log.keep("last", OUTCOME);
  const again = await openOutcomeLog(folder);
  expect([again.find("first"), again.find("last")]).toEqual([OUTCOME, OUTCOME]);
});

it("one that can't be read is told with its path, and what to do", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "outcomes.jsonl");
  mkdirSync(path);
  await expect(openOutcomeLog(folder)).rejects.toMatchObject({
    code: "BAD_DATA",
    message: expect.stringContaining(`can't read ${path}: it is a folder`),
    hint: "Put it right, or name another folder with --out.",
  });
});
