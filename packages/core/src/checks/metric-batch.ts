// What a metric is tried on.
import type { Metric, MetricBatch, MetricContext, MetricKind, MetricResults } from "../metrics/metric.ts";
import { createParameters } from "../model/linear.ts";
import { createRandom, RandomStream } from "../random/random.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";

/** Rows of probabilities that look like a model's, always the same ones; other ones by `substream`. */
export function createMetricBatch(size: number, substream = 0, classes = 10): MetricBatch {
  const random = createRandom(11, RandomStream.sample, substream);
  const probabilities = new Float64Array(size * classes);
  const labels = Uint8Array.from({ length: size }, () => random.integer(classes));
  const losses = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const values = Array.from({ length: classes }, () => -Math.log(1 - random.uniform()));
    const sum = values.reduce((total, value) => total + value, 0);
    values.forEach((value, k) => {
      probabilities[row * classes + k] = value / sum;
    });
    losses[row] = -Math.log((values[labels[row] ?? 0] ?? 1) / sum);
  }
  const parameters = createParameters(classes, 12);
  parameters.weights.forEach((_, index) => {
    parameters.weights[index] = 0.01 * random.normal();
  });
  const images = Uint8Array.from({ length: size * 12 }, () => random.integer(256));
  const settings = { ...DEFAULT_SETTINGS, lambda: 0.1 };
  const conditions = { lambda: 0.1, epoch: 1, settings, learningRate: 0.001 };
  const ofTraining = { learningRateSum: 0.1, imagesPerSecond: 10_000 };
  return {
    size,
    classes,
    probabilities,
    labels,
    losses,
    images: () => images,
    parameters,
    ...conditions,
    ...ofTraining,
  };
}

/** Of a validation split with so many rows; `classes` named `class 0`, `class 1`, ... */
export function createMetricContext(rows = 40, classes = 10): MetricContext {
  return {
    split: "validation",
    classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
    shape: { width: 2, height: 2, channels: 3 },
    rows,
  };
}

/** What a metric comes to in a pass over the batches. `previous`: the state that the pass before has left. */
export function evaluateMetric<State, Kind extends MetricKind>(
  metric: Metric<State, Kind>,
  batches: readonly MetricBatch[],
  previous?: State,
): MetricResults[Kind] | null {
  return metric.result(passOf(metric, batches, previous));
}

/** The state that a pass over the batches ends with. */
export function passOf<State>(
  metric: Pick<Metric<State, MetricKind>, "init" | "update">,
  batches: readonly MetricBatch[],
  previous?: State,
): State {
  const rows = batches.reduce((sum, { size }) => sum + size, 0);
  const begun = metric.init(previous, createMetricContext(rows, batches[0]?.classes));
  return batches.reduce((state, batch) => metric.update(state, batch), begun);
}

export function rowsOf(batch: MetricBatch, first: number, end: number): MetricBatch {
  const { classes } = batch;
  return {
    ...batch,
    size: end - first,
    probabilities: batch.probabilities.slice(first * classes, end * classes),
    labels: batch.labels.slice(first, end),
    losses: batch.losses.slice(first, end),
    images() {
      const all = batch.images();
      const each = all.length / batch.size;
      return all.slice(first * each, end * each);
    },
  };
}
