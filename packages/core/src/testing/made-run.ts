// A run made by hand, for the tests: events with a clock that the test sets.

import { SPLITS, type Split } from "../data/dataset.ts";
import type { EventBody, MetricInfo, MetricValues, RunStartEvent, TrainingEvent } from "../events.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";

/** A metric as `run:start` lists it. */
export function metricInfo(split: Split, name: string, more: Partial<MetricInfo> = {}): MetricInfo {
  const direction = name === "accuracy" ? "max" : "min";
  const unit = name === "accuracy" ? "fraction" : null;
  return { tag: `${split}/${name}`, name, split, direction, unit, display: {}, ...more };
}

/** The metrics that every run has, as `run:start` lists them. */
export const BUILT_IN: readonly MetricInfo[] = ["loss", "cost", "accuracy"].flatMap((name) =>
  SPLITS.map((split) => metricInfo(split, name)),
);

/** An event of the run "run" at a time in milliseconds, which is its `seq` too. */
export function at(time: number, body: EventBody): TrainingEvent {
  return { v: 1, seq: time, runId: "run", time, ...body };
}

/** The first event of a made-up run. */
export function runStart(
  metrics: readonly MetricInfo[] = BUILT_IN,
  name = "CIFAR-10 (data_batch_1)",
): OwnStart {
  return {
    type: "run:start",
    config: {
      ...DEFAULT_SETTINGS,
      epochs: 40,
      batchSize: 100,
      learningRate: 0.001,
      lambda: 0.1,
      seed: 42,
    },
    model: { inputs: 3072, classes: 10, parameters: 30_730 },
    data: {
      name,
      train: 10_000,
      validation: 10_000,
      test: 10_000,
      classes: ["airplane"],
      shape: { width: 32, height: 32, channels: 3 },
    },
    metrics,
    environment: { engine: "wasm", precision: "float32", threads: 2 },
  };
}

/** What trainscope tells of its own runs. */
type OwnStart = Required<Omit<RunStartEvent, "v" | "seq" | "runId" | "time" | "parent" | "axis" | "length">>;

/** Whole epochs of one second each: 800 ms of batches, 200 ms of evaluation. */
export function epochEvents(
  epochs: number,
  valueAt: (tag: string, epoch: number) => number | null = curve,
  metrics: readonly MetricInfo[] = BUILT_IN,
): TrainingEvent[] {
  return Array.from({ length: epochs }, (_, index) => {
    const epoch = index + 1;
    const values = metrics
      .filter(({ split }) => split !== "test")
      .map(({ tag }) => [tag, valueAt(tag, epoch)] as const);
    const start = 1000 * index;
    return [
      at(start, { type: "epoch:start", epoch, epochs: 40 }),
      at(start + 800, progress(epoch, 100)),
      at(start + 1000, {
        type: "epoch:end",
        epoch,
        epochs: 40,
        learningRate: 0.001,
        metrics: Object.fromEntries(values),
        timing: { trainMs: 800, evaluateMs: 200 },
      }),
    ];
  }).flat();
}

/** A point event at `x`. */
export function point(x: number, metrics: MetricValues, time = 1000 * x): TrainingEvent {
  return at(time, { type: "point", x, metrics });
}

/** A step a second: each tenth tells the training loss, each 250th what `split` has of it. */
export function stepEvents(steps: number, ...splits: readonly Split[]): TrainingEvent[] {
  const events = [at(0, { type: "run:start", axis: "step", config: {}, metrics: [] })];
  for (let step = 10; step <= steps; step += 10) {
    events.push(point(step, { "train/loss": 2 + 100 / step }));
    if (step % 250 !== 0) continue;
    for (const split of splits) events.push(point(step, { [`${split}/loss`]: 2.5 + 100 / step }));
  }
  return events;
}

/** The progress of an epoch of a hundred batches. */
export function progress(epoch: number, batch: number): EventBody {
  return { type: "progress", epoch, batch, batches: 100, samplesPerSecond: 312_400, loss: 1.7 };
}

/** A control event that the user of the run has caused. */
export function control(action: "pause" | "resume" | "step" | "stop", epoch = 1, batch = 0): EventBody {
  return { type: "control", action, from: "running", to: "paused", epoch, batch };
}

function curve(tag: string, epoch: number): number {
  const base = tag.startsWith("train") ? 1.6 : 1.75;
  return tag.endsWith("accuracy") ? 0.4 - 0.1 / epoch : base + 0.5 / epoch;
}
