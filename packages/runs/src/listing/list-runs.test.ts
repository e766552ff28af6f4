import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventBody, TrainingEvent } from "@trainscope/core/events";
import { readEventLog } from "@trainscope/core/log";
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";
import { at, runStart } from "@trainscope/core/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLogSummary } from "../log/log-summary.ts";
import { recordMade } from "../record/testing/record.ts";
import { beginSession } from "../sessions/session.ts";
import { listRuns } from "./list-runs.ts";
import { summariseRun } from "./run-summary.ts";

const settings = { ...DEFAULT_SETTINGS, learningRate: 0.01, schedule: { kind: "cosine" }, noise: 3, epochs: 3 };
const recordAt = (startedAt: string): string => JSON.stringify({ ...recordMade(), startedAt, settings });
const record = recordAt("2026-01-02T03:04:05.000Z");
const linesOf = (events: readonly TrainingEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("");

const epoch = (number: number, accuracy: number | null): EventBody => ({
  type: "epoch:end",
  epoch: number,
  epochs: 3,
  learningRate: 0.01,
  metrics: { "validation/accuracy": accuracy },
  timing: { trainMs: 1, evaluateMs: 1 },
});
const end: EventBody = {
  type: "run:end",
  reason: "early-stop",
  metrics: { "test/accuracy": 0.5 },
  epochs: 3,
  keptEpoch: 2,
  plugins: [],
};
const epochs = [epoch(1, 0.25), epoch(2, 0.75), epoch(3, null)].map((body, index) => at(index + 1, body));
const whole = linesOf([at(0, runStart()), ...epochs, at(9, end)]);
function logOf(text: string) {
  const summary = createLogSummary();
  const { events, ...findings } = readEventLog(text);
  events.forEach(summary.add);
  return { summary, findings };
}
const files = { record, log: logOf(whole), label: undefined };

describe("summariseRun", () => {
  it("has the epochs, the best validation accuracy with its epoch, the test accuracy and how it ended", () => {
    const label = '{"v":1,"name":"low rate","tags":["b","a"]}';
    expect(summariseRun("a", { record, log: logOf(whole), label })).toEqual({
      run: "a",
      name: "low rate",
      tags: ["b", "a"],
      parent: null,
      resumed: 0,
      lastSign: null,
      startedAt: "2026-01-02T03:04:05.000Z",
      data: "sample",
      settings,
      problems: [],
      epochs: { done: 3, planned: 3 },
      state: "early-stop",
      bestValidationAccuracy: { epoch: 2, value: 0.75 },
      testAccuracy: 0.5,
    });
  });

  it("a run without an end is told as one, a torn last line and all; planned epochs follow their changes", () => {
    const more = at(3, { type: "control", action: "epochs", from: 3, to: 8, epoch: 1, batch: 0 });
    const log = `${linesOf([at(0, runStart()), ...epochs.slice(0, 1), more])}{"v":1,"se`;
    const { state, epochs: count, problems, testAccuracy } = summariseRun("a", { ...files, log: logOf(log) });
    expect([state, count, problems, testAccuracy]).toEqual(["no-end", { done: 1, planned: 8 }, [], null]);
  });

  it("takes from the log what a damaged run.json had, and says what is damaged", () => {
    const run = summariseRun("a", {
      record: '{"v":1',
      log: logOf(`${whole}what?\n${linesOf(epochs)}`),
      label: "{}",
    });
    expect(run).toMatchObject({ startedAt: "1970-01-01T00:00:00.000Z", data: "CIFAR-10 (data_batch_1)" });
    expect(run.settings?.seed).toBe(42);
    expect(run.problems).toEqual([
      expect.stringMatching(/^run\.json: it is no JSON/),
      expect.stringMatching(/^events\.jsonl, line 6: it is no JSON/),
      "label.json: v is missing; expected 1",
    ]);
  });

  it("a fork tells its parent; a run that was continued, and has not ended since, has no end", () => {
    const parent = { runId: "b", epoch: 2, batch: 0 };
    const environment = { engine: "wasm", precision: "float32", threads: 1 } as const;
    const resume = at(10, { type: "run:resume", epoch: 3, batch: 0, environment });
    const events = [at(0, { ...runStart(), parent }), ...epochs, at(9, end), resume];
    expect(summariseRun("a", { ...files, log: logOf(linesOf(events)) })).toMatchObject({
      parent,
      resumed: 1,
      state: "no-end",
      epochs: { done: 3 },
    });
  });

  it("of another program's run it knows what that has told, and no defaults", () => {
    const { type, metrics } = runStart();
    const log = linesOf([at(0, { type, metrics, config: { learningRate: 0.5 } }), ...epochs]);
    const run = summariseRun("a", { ...files, record: new Error("it is missing"), log: logOf(log) });
    expect(run).toMatchObject({
      settings: { learningRate: 0.5 },
      data: null,
      epochs: { done: 3, planned: 3 },
    });
    expect(run.settings).not.toHaveProperty("lambda");
  });

  it("knows nothing, and says so, where both are gone", () => {
    const run = summariseRun("a", { ...files, record: new Error("permission denied"), log: logOf("") });
    expect(run).toMatchObject({ startedAt: null, settings: null, state: "no-end" });
    expect(run.problems).toEqual(["run.json: permission denied"]);
  });
});

describe("listRuns", () => {
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "trainscope-runs-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function put(name: string, files: Readonly<Record<string, string>>): void {
    mkdirSync(join(home, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(home, name, file), text);
  }

  it("has the newest first, damaged ones last, and leaves out what is no run", async () => {
    put("old", { "run.json": recordAt("2025-01-01T00:00:00Z"), "events.jsonl": whole });
    put("new", { "run.json": recordAt("2026-01-01T00:00:00Z"), "events.jsonl": "" });
    put("bad", { "run.json": "\0\0" });
    put("pictures", { "a.png": "" });
    writeFileSync(join(home, "a file"), "");
    const runs = await listRuns(home);
    expect(runs.map(({ run }) => run)).toEqual(["new", "old", "bad"]);
    expect(runs[2]?.problems.at(-1)).toBe("events.jsonl: it is missing");
  });

  it("says of a run without an end what is to be seen of its process, and leaves out one that is being removed", async () => {
    const log = linesOf([at(0, runStart()), ...epochs]);
    for (const id of ["begun", "gone", "left"]) put(id, { "run.json": record, "events.jsonl": log });
    put("done", { "run.json": record, "events.jsonl": whole });
    put(".removed-x", { "run.json": record, "events.jsonl": whole });
    const sessions = await Promise.all(
      ["begun", "gone", "left", "done"].map((id) => beginSession(join(home, id))),
    );
    await sessions[2]?.close();
    const path = join(home, "gone/sessions/0001.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(/"host":"[^"]*"/, '"host":"elsewhere"'));
    utimesSync(path, 1000, 1000);
    const runs = await listRuns(home);
    await Promise.all(sessions.map((session) => session.close()));
    expect(Object.fromEntries(runs.map(({ run, state }) => [run, state]))).toEqual({
      begun: "running",
      gone: "died",
      left: "left",
      done: "early-stop",
    });
    expect(runs.find(({ run }) => run === "gone")?.lastSign).toBe("1970-01-01T00:16:40.000Z");
  });

  it.each([
    ["none", "it does not exist"],
    ["a file", "it is no folder"],
  ])("%s is refused", async (name, reason) => {
    writeFileSync(join(home, "a file"), "");
    const folder = join(home, name);
    await expect(listRuns(folder)).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: `can't read the runs in ${folder}: ${reason}`,
    });
  });
});
