import type { ControlEvent, TrainingEvent } from "@trainscope/core/events";
import { expect, it } from "vitest";
import { describeEvent, isRoutine } from "./describe-event.ts";

const header = { v: 1, seq: 0, runId: "run", time: 0 } as const;

type Change = Pick<ControlEvent, "action"> & Partial<ControlEvent>;

const textOf = (event: TrainingEvent): string | undefined => describeEvent(event)?.text;

it.each([
  [
    { action: "learningRate", from: 0.001, to: 0.0005 },
    "learning rate from 0.001 to 0.0005, in epoch 3, after batch 12",
  ],
  [{ action: "lambda", from: 0, to: 0.1 }, "L2 penalty from 0 to 0.1, in epoch 3, after batch 12"],
  [{ action: "batchSize", from: 100, to: 50 }, "batch size from 100 to 50, in epoch 3, after batch 12"],
  [{ action: "epochs", from: 40, to: 10_000, batch: 0 }, "number of epochs from 40 to 10000, at epoch 3"],
  [{ action: "pause", to: "paused" }, "paused in epoch 3, after batch 12"],
  [{ action: "step", to: "stepping" }, "one epoch, then a pause"],
  [{ action: "step", to: "stepping-batch" }, "one batch, then a pause"],
  [{ action: "checkpoint" }, "checkpoint asked for in epoch 3, after batch 12"],
  [{ action: "export", batch: 0 }, "pictures asked for at epoch 3"],
] satisfies [Change, string][])("%j in words", (change, text) => {
  const event = { ...header, type: "control", from: null, to: null, epoch: 3, batch: 12, ...change } as const;
  expect(textOf(event)).toBe(text);
});

it("a checkpoint that was asked for is told with its path", () => {
  const place = { epoch: 3, batch: 0, path: "runs/a/b.safetensors" };
  const event = { ...header, type: "checkpoint", ...place, reason: "asked", best: true } as const;
  expect(describeEvent(event)).toEqual({
    severity: "success",
    text: "checkpoint written to runs/a/b.safetensors",
  });
});

it("what only a screen shows is not told in words", () => {
  const trueClass = { right: [], wrong: [] };
  const examination = { type: "examination", epoch: 1, split: "validation", confusion: [], trueClass } as const;
  expect(describeEvent({ ...header, ...examination, mistakes: [] })).toBeUndefined();
  expect(describeEvent({ ...header, type: "plugin:times", epoch: 1, hooks: [] })).toBeUndefined();
});

it("checkpoints that come by themselves take one line of the log together, and none of a pipe", () => {
  const place = { ...header, type: "checkpoint", epoch: 3, batch: 20, path: "runs/a/b.safetensors" } as const;
  const told = (["asked", "stop", "end", "every", "best"] as const).map((reason) => {
    const event = { ...place, reason, best: reason === "best" };
    return [describeEvent(event)?.key, isRoutine(event)];
  });
  expect(told).toEqual([
    [undefined, false],
    [undefined, true],
    [undefined, true],
    ["checkpoint:every", true],
    ["checkpoint:best", true],
  ]);
});

it("a run that goes on says from where", () => {
  const environment = { engine: "wasm", precision: "float32", threads: 2 } as const;
  expect(textOf({ ...header, type: "run:resume", epoch: 13, batch: 34, environment })).toBe(
    "continued from a checkpoint in epoch 13, after batch 34",
  );
});
