// Figures of the weights, against sums written out.
import {
  type AnyMetric,
  createReferenceEngine,
  type HookExporter,
  type MetricBatch,
  train,
} from "@trainscope/core";
import {
  createMetricBatch,
  createMetricContext,
  createTinyDataset,
  describeMetric,
  evaluateMetric,
} from "@trainscope/core/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { gradientNorm, imagesPerSecond, learningRate, memory, updateRatio, weightNorm } from "./index.ts";

describeMetric(weightNorm());
describeMetric(updateRatio());
describeMetric(learningRate());
describeMetric(gradientNorm());
describeMetric(imagesPerSecond());

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

it("memory is what the process holds, and null where the runtime doesn't tell", () => {
  const metric = memory();
  const megabytes = process.memoryUsage.rss() / 1e6;
  const held = evaluateMetric(metric, [createMetricBatch(5)]) ?? 0;
  expect(held / megabytes).toBeGreaterThan(0.5);
  expect(held / megabytes).toBeLessThan(2);
  vi.stubGlobal("process", undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  expect(evaluateMetric(metric, [createMetricBatch(5)])).toBeNull();
});

/** `|dJ/d(W, b)|` of all training images at once, by the formulas of the cost's gradient, in plain loops. */
function gradientNormAt({ weights, biases }: { weights: number[]; biases: number[] }, lambda: number): number {
  const { train: images, classNames } = createTinyDataset();
  const [rows, classes] = [images.labels.length, classNames.length];
  const inputs = images.images.length / rows;
  const at = (row: number, j: number): number => (images.images[row * inputs + j] ?? 0) / 255;
  const columns = Array.from({ length: inputs }, (_, j) => {
    const values = Array.from({ length: rows }, (_, row) => at(row, j));
    const mean = values.reduce((sum, value) => sum + value, 0) / rows;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows);
    return values.map((value) => (value - mean) / deviation);
  });
  const answers = Array.from({ length: rows }, (_, row) => {
    const scores = biases.map((bias, k) =>
      columns.reduce((sum, column, j) => sum + (weights[k * inputs + j] ?? 0) * (column[row] ?? 0), bias),
    );
    const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    return scores.map((score, k) => Math.exp(score) / total - (images.labels[row] === k ? 1 : 0));
  });
  let squares = 0;
  for (let k = 0; k < classes; k++) {
    const errors = answers.map((row) => row[k] ?? 0);
    squares += (errors.reduce((sum, error) => sum + error, 0) / rows) ** 2;
    columns.forEach((column, j) => {
      const ofData = errors.reduce((sum, error, row) => sum + error * (column[row] ?? 0), 0) / rows;
      squares += (ofData + 2 * lambda * (weights[k * inputs + j] ?? 0)) ** 2;
    });
  }
  return Math.sqrt(squares);
}

it("gradientNorm is that of the cost's gradient where an epoch is one batch, and null in the first", async () => {
  const models: { weights: number[]; biases: number[] }[] = [];
  const norms: (number | null | undefined)[] = [];
  const watching: HookExporter = {
    name: "watching",
    onEpoch({ metrics }, run) {
      const { weights, biases } = run.parameters();
      models.push({ weights: [...weights], biases: [...biases] });
      norms.push(metrics["train/grad-norm"]);
    },
  };
  const settings = { epochs: 3, batchSize: 60, lambda: 0.1, learningRate: 0.05 };
  const options = { dataset: createTinyDataset(), settings, engine: createReferenceEngine };
  const events = train({ ...options, metrics: [gradientNorm()], exporters: [watching] });
  await new Promise<void>((complete, error) => events.subscribe({ complete, error }));
  expect(norms[0]).toBeNull();
  // An epoch's gradient is that at the parameters which the epoch before has left.
  expect(norms[1]).toBeCloseTo(gradientNormAt(models[0] as never, 0.1), 9);
  expect(norms[2]).toBeCloseTo(gradientNormAt(models[1] as never, 0.1), 9);
});

it("gradientNorm is of the mean over batches, weighted by their learning rates", () => {
  const metric = gradientNorm();
  const left = pass(metric, withWeights([1, 2, 3, 4]));
  const now = { ...withWeights([1, 2, 0, 0]), learningRateSum: 0.5 };
  expect(metric.result(pass(metric, now, left))).toBe(10);
  const untold = { ...now, learningRateSum: null };
  expect(metric.result(pass(metric, untold, left))).toBeNull();
});
