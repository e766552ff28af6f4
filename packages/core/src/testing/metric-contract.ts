// The contract suite of a metric: `describeMetric(topThree)` in a test file checks it all.
import { describe, expect, it } from "vitest";
import type { AnyMetric, MetricBatch } from "../metrics/metric.ts";
import { createParameters } from "../model/linear.ts";
import { defineMetric } from "../plugins/plugin.ts";
import { createRandom, RandomStream } from "../random/random.ts";

const CLASSES = 10;

/** Rows of probabilities that look like a model's, always the same ones. */
export function createMetricBatch(size: number, substream = 0): MetricBatch {
  const random = createRandom(11, RandomStream.sample, substream);
  const probabilities = new Float64Array(size * CLASSES);
  const labels = Uint8Array.from({ length: size }, () => random.integer(CLASSES));
  const losses = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const values = Array.from({ length: CLASSES }, () => -Math.log(1 - random.uniform()));
    const sum = values.reduce((total, value) => total + value, 0);
    values.forEach((value, k) => {
      probabilities[row * CLASSES + k] = value / sum;
    });
    losses[row] = -Math.log((values[labels[row] ?? 0] ?? 1) / sum);
  }
  const parameters = createParameters(CLASSES, 12);
  parameters.weights.forEach((_, index) => {
    parameters.weights[index] = 0.01 * random.normal();
  });
  return { size, classes: CLASSES, probabilities, labels, losses, parameters, lambda: 0.1 };
}

function rowsOf(batch: MetricBatch, first: number, end: number): MetricBatch {
  return {
    ...batch,
    size: end - first,
    probabilities: batch.probabilities.slice(first * CLASSES, end * CLASSES),
    labels: batch.labels.slice(first, end),
    losses: batch.losses.slice(first, end),
  };
}

/** `previous`: what the pass before has left. */
function evaluate(metric: AnyMetric, batches: readonly MetricBatch[], previous?: unknown): number | null {
  return metric.result(
    batches.reduce<unknown>((state, batch) => metric.update(state, batch), metric.init(previous)),
  );
}

function expectClose(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

export function describeMetric(metric: AnyMetric): void {
  describe(`metric ${metric.name}`, () => {
    const batch = createMetricBatch(40);

    it("has a name, splits, a direction and its hooks", () => {
      expect(defineMetric(metric)).toBe(metric);
    });

    it("gives a number or null, also without any rows", () => {
      for (const value of [evaluate(metric, []), evaluate(metric, [batch])]) {
        expect(value === null || typeof value === "number").toBe(true);
      }
    });

    it("comes to the same whether rows come at once or in pieces", () => {
      const pieces = [rowsOf(batch, 0, 1), rowsOf(batch, 1, 23), rowsOf(batch, 23, 40)];
      expectClose(evaluate(metric, pieces), evaluate(metric, [batch]));
    });

    it("starts afresh each time, and keeps nothing of one pass for the next", () => {
      const first = evaluate(metric, [batch]);
      evaluate(metric, [createMetricBatch(40, 1)]);
      expect(evaluate(metric, [batch])).toBe(first);
    });

    it("changes nothing in the batch", () => {
      const copy = structuredClone(batch);
      evaluate(metric, [batch]);
      expect(batch).toEqual(copy);
    });

    it("formats a number as text", () => {
      if (metric.format !== undefined) expect(typeof metric.format(0.5)).toBe("string");
    });

    it("goes on the same in a run that was continued: what a pass leaves for the next survives JSON", () => {
      const { serialize, deserialize } = metric;
      expect(serialize === undefined).toBe(deserialize === undefined);
      const passed = (): unknown => metric.update(metric.init(), createMetricBatch(40, 1));
      const restored =
        serialize === undefined || deserialize === undefined
          ? undefined
          : deserialize(JSON.parse(JSON.stringify(serialize(passed()))));
      // One that looks back, and can't be saved, would begin anew.
      expect(evaluate(metric, [batch], restored)).toBe(evaluate(metric, [batch], passed()));
    });
  });
}
