import type { ControlEvent } from "@trainscope/core/events";
import { at, runStart } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { changesOf } from "./changes.ts";

function control(
  action: ControlEvent["action"],
  epoch: number,
  batch: number,
  from: number,
  to: number,
): ControlEvent {
  return { v: 1, seq: 1, runId: "run", time: 1, type: "control", action, from, to, epoch, batch };
}

describe("changesOf", () => {
  it("places changes within their epoch by the batch size in force, and leaves out pauses", () => {
    const run = at(0, runStart());
    if (run.type !== "run:start") throw new Error("no run");
    const controls = [
      control("learningRate", 3, 50, 0.1, 0.01),
      control("pause", 4, 0, 0, 0),
      control("batchSize", 5, 0, 100, 50),
      control("lambda", 6, 50, 0, 0.1),
    ];
    expect(changesOf({ run, controls })).toEqual([
      { at: 2.5, setting: "learningRate", from: 0.1, to: 0.01 },
      { at: 4, setting: "batchSize", from: 100, to: 50 },
      { at: 5.25, setting: "lambda", from: 0, to: 0.1 },
    ]);
  });
});
