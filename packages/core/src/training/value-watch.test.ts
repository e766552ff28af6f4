import { firstValueFrom, toArray } from "rxjs";
import { describe, expect, it } from "vitest";
import type { AnyMetric } from "../metrics/metric.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { train } from "./train.ts";

const giving = (name: string, result: AnyMetric["result"], more: Partial<AnyMetric> = {}): AnyMetric => ({
  name,
  splits: ["train", "validation"],
  direction: "none",
  init: () => 0,
  result,
  update: (n: number) => n + 1,
  ...more,
});

async function alertsOf(metrics: readonly AnyMetric[], epochs: number): Promise<readonly string[]> {
  const events = train({ dataset: createTinyDataset(), settings: { epochs }, metrics });
  const told = await firstValueFrom(events.pipe(toArray()));
  return told.flatMap((event) => (event.type === "alert" && event.code === "plugin" ? [event.message] : []));
}

describe("a metric that never has a value", () => {
  it("is told once, after three epochs, also where what it gives is no finite number", async () => {
    const metrics = [giving("empty", () => null), giving("nan", () => Number.NaN), giving("full", () => 1)];
    expect(await alertsOf(metrics, 2)).toEqual([]);
    expect(await alertsOf(metrics, 7)).toEqual([
      'the metric "empty" has had no value in 3 epochs (null, or no finite number): train/empty, validation/empty',
      'the metric "nan" has had no value in 3 epochs (null, or no finite number): train/nan, validation/nan',
    ]);
  });

  it("is none that has one now and then, of one split, of one class, or as curves", async () => {
    const classes = createTinyDataset().classNames.length;
    const perClass = Array.from({ length: classes }, (_, k) => (k === 1 ? 1 : null));
    const metrics = [
      giving("late", (n) => n, {
        init: (previous) => (previous === undefined ? 0 : previous + 1),
        update: (n) => n,
      }),
      giving("one-class", () => perClass, { kind: "per-class" }),
      giving("curve", () => [{ name: "a", x: [0], y: [1] }], { kind: "curves" }),
      giving("at-the-end", () => null, { splits: ["test"] }),
    ];
    expect(await alertsOf(metrics, 5)).toEqual([]);
  });

  it("is told of as failed where it has", async () => {
    const throwing = (): never => {
      throw new Error("no");
    };
    expect(await alertsOf([giving("frail", throwing)], 5)).toEqual([]);
  });

  it("is told of curves and matrices, too", async () => {
    expect(await alertsOf([giving("curve", () => null, { kind: "curves" })], 3)).toHaveLength(1);
  });
});
