import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeLabel } from "../labels/label.ts";
import { recordMade } from "../record/testing/record.ts";
import { readRun } from "./read-run.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-read-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const events = [at(0, runStart()), ...epochEvents(2)];
const log = events.map((event) => `${JSON.stringify(event)}\n`).join("");

it("has record, events and label of a whole run, and of one that was cut off what was whole", async () => {
  const record = recordMade();
  writeFileSync(join(home, "run.json"), JSON.stringify(record));
  writeFileSync(join(home, "events.jsonl"), `${log}{"v":1,"se`);
  await writeLabel(home, { name: "one", tags: ["b"] });
  const label = { name: "one", tags: ["b"] };
  expect(await readRun(home)).toEqual({ folder: home, runId: "a", record, events, label, problems: [] });
});

it("goes by the log where the record is damaged, and says what is wrong with each file", async () => {
  mkdirSync(join(home, "run"));
  const folder = join(home, "run");
  const nothing = await readRun(folder);
  expect(nothing).toMatchObject({ runId: "run", record: undefined, events: [] });
  expect(nothing.problems).toEqual(["run.json: it is missing", "events.jsonl: it is missing"]);

  writeFileSync(join(folder, "run.json"), "\0");
  writeFileSync(join(folder, "events.jsonl"), `what?\n${log.replaceAll('"runId":"run"', '"runId":"other"')}`);
  writeFileSync(join(folder, "label.json"), "[]");
  const damaged = await readRun(folder);
  expect(damaged).toMatchObject({ runId: "other", label: { name: null, tags: [] } });
  expect(damaged.events).toHaveLength(events.length);
  expect(damaged.problems).toEqual([
    expect.stringMatching(/^run\.json: it is no JSON/),
    expect.stringContaining("label.json is damaged: it is an array; expected an object"),
    expect.stringMatching(/^events\.jsonl, line 1: it is no JSON/),
  ]);
});
