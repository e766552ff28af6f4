import type { EventBody, TrainingEvent } from "@trainscope/core/events";
import { at, control, progress, runStart } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { appendLog, type LogLine } from "./log.ts";

function logOf(...bodies: readonly EventBody[]): readonly LogLine[] {
  const events: readonly TrainingEvent[] = bodies.map((body, index) => at(index, body));
  return events.reduce<readonly LogLine[]>(appendLog, []);
}

const best = (epoch: number): EventBody => ({
  type: "checkpoint",
  epoch,
  batch: 0,
  reason: "best",
  path: "c",
  best: true,
});

describe("appendLog", () => {
  it("has a line for the start, for controls, for what plugins wrote, and for the end", () => {
    const lines = logOf(
      runStart(),
      control("pause", 3, 40),
      { type: "artifact", plugin: "weights", kind: "image", title: "Weights", path: "artifacts/weights.png" },
      { type: "run:end", reason: "stopped", epochs: 3, keptEpoch: 3, metrics: {}, plugins: [] },
    );
    expect(lines.map(({ severity, text }) => `${severity}: ${text}`)).toEqual([
      "info: started on CIFAR-10 (data_batch_1): 10,000 images, 30,730 parameters",
      "info: paused in epoch 3, after batch 40",
      "success: Weights written to artifacts/weights.png",
      "info: stopped on request",
    ]);
  });

  it("names the plugin that failed, where it failed, and whether it goes on", () => {
    const error = {
      type: "plugin:error",
      plugin: "f1",
      hook: "update",
      message: "no rows",
      failures: 3,
    } as const;
    const [first, second] = logOf({ ...error, disabled: false }, { ...error, disabled: true });
    expect(first).toMatchObject({ severity: "warning", text: "f1 failed in update (3 times): no rows" });
    expect(second).toMatchObject({
      severity: "error",
      text: "f1 failed in update (3 times): no rows; it is now disabled",
    });
  });

  it("a run that goes back to its best epoch says to which", () => {
    const [line] = logOf({
      type: "run:end",
      reason: "early-stop",
      epochs: 9,
      keptEpoch: 4,
      metrics: {},
      plugins: [],
    });
    expect(line?.text).toBe("stopped early: no more improvement; back to the parameters of epoch 4");
  });

  it("says nothing of progress and of what plugins take", () => {
    expect(logOf(progress(1, 2), { type: "plugin:times", epoch: 1, hooks: [] })).toEqual([]);
  });

  it("counts what is said again and again, and keeps one line for the best model", () => {
    const slow: EventBody = { type: "alert", level: "warning", code: "diverged", message: "slow" };
    expect(logOf(slow, slow, slow)).toMatchObject([{ text: "slow", count: 3 }]);
    expect(logOf(best(1), best(2), best(3))).toMatchObject([{ text: "best model so far saved, epoch 3" }]);
  });

  it("makes one clean line of whatever a message holds", () => {
    const message = "two\nlines \u001b[2Jand an escape";
    const [line] = logOf({ type: "alert", level: "error", code: "failed", message });
    expect(line?.text).toBe("two lines and an escape");
  });

  it("keeps a bounded number of lines, the newest", () => {
    const many = Array.from({ length: 3000 }, (_, index) => control("pause", index + 1));
    const lines = logOf(...many);
    expect(lines.length).toBe(1000);
    expect(lines.at(-1)?.text).toBe("paused at epoch 3000");
  });
});
