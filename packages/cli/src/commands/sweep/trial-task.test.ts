import { resolveSettings } from "@trainscope/core/settings";
import { expect, it } from "vitest";
import { checkTrialOutcome, checkTrialTask, queueNameOf, type TrialTask, taskKey } from "./trial-task.ts";

const STUDY = { program: "trainscope 1.2.3", fingerprint: "0123456789abcdef".repeat(4) };
const TASK: TrialTask = {
  v: 1,
  dataName: "sample",
  ...STUDY,
  title: "eta 0.1, seed 0",
  epochs: 2,
  settings: resolveSettings({ epochs: 4, learningRate: 0.1 }),
};
const OUTCOME = {
  v: 1,
  reason: "completed",
  milliseconds: 12.5,
  reused: false,
  file: "epochs-2-seed-0.json",
  values: { "validation/accuracy": 0.4, "validation/loss": null },
  environment: { engine: "wasm", precision: "float32", threads: 1 },
};

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

it("a task comes out of the queue as it went in", () => {
  expect(checkTrialTask(taskKey(TASK), overTheWire(TASK), STUDY)).toEqual({ value: TASK });
});

it("settings that are left to their usual values are the same training as those that are written", () => {
  const { learningRate, epochs } = TASK.settings;
  const short = { ...TASK, settings: { learningRate, epochs } };
  expect(checkTrialTask(taskKey(TASK), short, STUDY)).toEqual({ value: TASK });
});

it.each([
  ["no object", null, "expected an object"],
  ["another version of tasks", { ...TASK, v: 2 }, "v is 2; expected 1"],
  ["another program", { ...TASK, program: "x" }, "program is x; expected trainscope 1.2.3"],
  ["other images", { ...TASK, fingerprint: "f".repeat(64) }, `fingerprint is ${"f".repeat(64)}; expected 0123`],
  ["a checksum that is none", { ...TASK, fingerprint: "../x" }, "fingerprint is"],
  ["more epochs than its settings", { ...TASK, epochs: 5 }, "epochs is 5; expected at most 4"],
  ["no epochs", { ...TASK, epochs: 0 }, "a whole number of at least 1"],
  ["settings that train refuses", { ...TASK, settings: { batchSize: -1 } }, "batch"],
  [
    "another's key",
    { ...TASK, settings: { ...TASK.settings, lambda: 1 } },
    "its key is not that of its settings",
  ],
  ["a title without end", { ...TASK, title: "x".repeat(501) }, "at most 500 characters"],
])("refuses a task with %s", (_, value, reason) => {
  expect(checkTrialTask(taskKey(TASK), value, STUDY)).toEqual({ reason: expect.stringContaining(reason) });
});

it("an outcome comes back as it was sent", () => {
  expect(checkTrialOutcome(overTheWire(OUTCOME))).toEqual({ value: OUTCOME });
});

it.each([
  ["no figures", { ...OUTCOME, values: {} }],
  ["a figure that is a string", { ...OUTCOME, values: { ...OUTCOME.values, "validation/loss": "0.1" } }],
  ["a training that failed", { ...OUTCOME, reason: "failed" }],
  ["another version", { ...OUTCOME, v: 2 }],
  ["no environment", { ...OUTCOME, environment: undefined }],
])("refuses an outcome with %s", (_, value) => {
  expect(checkTrialOutcome(value)).toEqual({ reason: expect.any(String) });
});

it("studies of other images or versions have queues of their own, with names that BullMQ takes", () => {
  const name = queueNameOf(STUDY);
  expect(name).toBe("trials-trainscope-1.2.3-0123456789ab");
  expect(queueNameOf({ ...STUDY, program: "trainscope 1.2.4" })).not.toBe(name);
  expect(queueNameOf({ ...STUDY, fingerprint: "f".repeat(64) })).not.toBe(name);
  expect(queueNameOf({ ...STUDY, program: "a:b c" })).not.toContain(":");
});
