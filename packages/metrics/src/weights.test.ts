// Figures of the weights, against sums written out.
import type { AnyMetric, MetricBatch } from "@trainscope/core";
import {
  createMetricBatch,
  createMetricContext,
  describeMetric,
  evaluateMetric,
} from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { learningRate, updateRatio, weightNorm } from "./index.ts";

describeMetric(weightNorm());
describeMetric(updateRatio());
describeMetric(learningRate());

function withWeights(weights: readonly number[]): MetricBatch {
  const parameters = {
    classes: 2,
    inputs: 2,
    weights: Float32Array.from(weights),
    biases: Float32Array.of(7, 7),
  };
  return { ...createMetricBatch(5), parameters };
}

const pass = (metric: AnyMetric, batch: MetricBatch, previous?: unknown) =>
  metric.update(metric.update(metric.init(previous, createMetricContext()), batch), batch);

it("weightNorm is the root of the squared weights' sum, without the biases, and null without rows", () => {
  const metric = weightNorm();
  expect(metric.result(pass(metric, withWeights([1, 2, 4, 2])))).toBe(5);
  expect(evaluateMetric(metric, [])).toBeNull();
});

it("learningRate is that of the last batch, and null without rows", () => {
  const metric = learningRate();
  const [first, last] = [0.1, 0.05].map((rate) => ({ ...createMetricBatch(5), learningRate: rate }));
  expect(evaluateMetric(metric, [first as MetricBatch, last as MetricBatch])).toBe(0.05);
  expect(evaluateMetric(metric, [])).toBeNull();
});

describe("updateRatio", () => {
  const metric = updateRatio();

  it("is what an epoch changed by what was there before", () => {
    const first = pass(metric, withWeights([3, 0, 0, 4]));
    expect(metric.result(first)).toBeNull();
    // Changed by (1, -2, 2, 0), whose norm is 3; before it was 5.
    const second = pass(metric, withWeights([4, -2, 2, 4]), first);
    expect(metric.result(second)).toBeCloseTo(3 / 5, 12);
    expect(metric.result(pass(metric, withWeights([4, -2, 2, 4]), second))).toBe(0);
  });

  it("looks back at what was there, though the engine goes on changing its arrays", () => {
    const batch = withWeights([3, 0, 0, 4]);
    const first = pass(metric, batch);
    batch.parameters.weights.fill(0);
    expect(metric.result(pass(metric, withWeights([3, 0, 0, 4]), first))).toBe(0);
  });

  it("keeps the very bits of the weights in a checkpoint, of either precision", () => {
    for (const weights of [Float32Array.of(0.1, -0, 1e-40), Float64Array.of(0.1, Math.PI, 5e-324)]) {
      const saved = JSON.stringify(metric.serialize?.({ before: null, now: weights }));
      expect(metric.deserialize?.(JSON.parse(saved)).now).toEqual(weights);
    }
  });

  it("refuses a checkpoint's state that it didn't write", () => {
    for (const value of [7, {}, { precision: "float16", base64: "AA==" }]) {
      expect(() => metric.deserialize?.(value)).toThrow("saved numbers");
    }
  });
});
