import type { Metric } from "@trainscope/core";
import {
  createMetricBatch,
  createMetricContext,
  describeMetric,
  evaluateMetric,
} from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import {
  best,
  bootstrap,
  brier,
  entropy,
  perClass,
  recall,
  runningMean,
  topK,
  updateRatio,
  weightNorm,
} from "../index.ts";

for (const metric of [perClass(brier()), perClass(updateRatio()), best(brier()), runningMean(topK(), 3)]) {
  describeMetric(metric);
}
describeMetric(runningMean(updateRatio(), 2));
describeMetric(bootstrap(topK({ k: 1 }), 10));

it("perClass(top-1) is the recall of each class, and null where a class has no rows", () => {
  const batch = createMetricBatch(60);
  batch.labels.forEach((label, row) => {
    batch.labels[row] = label % 9;
  });
  const found = evaluateMetric(perClass(topK({ k: 1 })), [batch]);
  const expected = evaluateMetric(recall({ average: "none" }), [batch]);
  expect(Array.from(found ?? []).slice(0, 9)).toEqual(Array.from(expected ?? []).slice(0, 9));
  expect(found?.[9]).toBeNull();
});

/** Gives a value after the other, one a pass. */
function giving(values: readonly (number | null)[], direction: "min" | "max"): Metric<number> {
  return {
    name: "probe",
    splits: ["validation"],
    direction,
    init: (previous) => (previous ?? -1) + 1,
    update: (pass) => pass,
    result: (pass) => values[pass] ?? null,
    serialize: (pass) => pass,
    deserialize: (value) => value as number,
  };
}

function passes<State>(metric: Metric<State>, count: number, isSaved: boolean): (number | null)[] {
  let previous: State | undefined;
  return Array.from({ length: count }, () => {
    const state = metric.init(previous, createMetricContext());
    previous = isSaved ? metric.deserialize?.(JSON.parse(JSON.stringify(metric.serialize?.(state)))) : state;
    return metric.result(state);
  });
}

describe.each([false, true])("from epoch to epoch, through a checkpoint: %s", (isSaved) => {
  it("best keeps the best, by the metric's direction", () => {
    const values = [null, 3, 5, null, 2, 4];
    expect(passes(best(giving(values, "max")), 6, isSaved)).toEqual([null, 3, 5, 5, 5, 5]);
    expect(passes(best(giving(values, "min")), 6, isSaved)).toEqual([null, 3, 3, 3, 2, 2]);
  });

  it("runningMean is the mean of the last values", () => {
    const metric = runningMean(giving([4, 2, null, 6, 1], "min"), 2);
    expect(passes(metric, 5, isSaved)).toEqual([4, 3, 3, 4, 3.5]);
  });
});

it("bootstrap's deviation is near the binomial's, and its interval about the value", () => {
  const batch = createMetricBatch(400);
  const share = evaluateMetric(topK({ k: 3 }), [batch]) ?? 0;
  const {
    mean = 0,
    deviation = 0,
    low = 0,
    high = 0,
  } = evaluateMetric(bootstrap(topK({ k: 3 }), 400), [batch]) ?? {};
  const expected = Math.sqrt((share * (1 - share)) / 400);
  expect(Math.abs((mean ?? 0) - share)).toBeLessThan(expected / 4);
  expect((deviation ?? 0) / expected).toBeGreaterThan(0.85);
  expect((deviation ?? 0) / expected).toBeLessThan(1.15);
  expect(((high ?? 0) - (low ?? 0)) / expected).toBeGreaterThan(3.3);
  expect(((high ?? 0) - (low ?? 0)) / expected).toBeLessThan(4.5);
});

it("what makes no sense is refused", () => {
  expect(() => best(entropy())).toThrow("best: of entropy no value is better than another");
  expect(() => runningMean(brier(), 0)).toThrow(
    "runningMean: epochs is 0; expected a whole number of at least 1",
  );
  expect(() => bootstrap(weightNorm(), 1)).toThrow("bootstrap: resamples is 1");
});
