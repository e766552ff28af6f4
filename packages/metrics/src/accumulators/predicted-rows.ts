// What the model answers to each row, and how certain it is: what every score of answers, and of certainty, is made of.
import type { MetricBatch, MetricContext } from "@trainscope/core";
import { predictedClasses } from "@trainscope/core/analysis";
import { append, type Numbers } from "./append.ts";

export interface PredictedRows {
  /** `K`; 0 before the first batch. */
  readonly classes: number;
  /** `K x (K + 1)`: entry `[i][j]` is how many images of class i were answered j; `[i][K]` had no answer. */
  readonly counts: Float64Array;
  /** `n`, of the split. */
  readonly expected: number;
  /** Rows that have an answer, `m`. */
  readonly rows: number;
  /** `m`, the probability of each answer, and room for more. */
  readonly confidences: Numbers;
  /** `m`, 1 where the answer is the label, and room for more. */
  readonly hits: Uint8Array;
}

/** An image whose probabilities are no numbers has no answer. */
export const predictedRows = {
  shared: Symbol("predicted rows"),

  /** What the pass before has gathered is written over. */
  init(previous: PredictedRows | undefined, { rows: expected }: MetricContext): PredictedRows {
    const { confidences = new Float32Array(0), hits = new Uint8Array(0) } = previous ?? {};
    return { classes: 0, counts: new Float64Array(0), expected, rows: 0, confidences, hits };
  },

  update(state: PredictedRows, { size, classes, probabilities, labels }: MetricBatch): PredictedRows {
    const { expected } = state;
    const width = classes + 1;
    const counts = state.classes > 0 ? state.counts : new Float64Array(classes * width);
    const predicted = predictedClasses(probabilities, classes, size);
    const confidences = new (probabilities.constructor as Float64ArrayConstructor)(size);
    const hits = new Uint8Array(size);
    let count = 0;
    for (let row = 0; row < size; row++) {
      const answer = predicted[row] as number;
      const label = labels[row] as number;
      const place = label * width + (answer < 0 ? classes : answer);
      counts[place] = (counts[place] as number) + 1;
      if (answer < 0) continue;
      confidences[count] = probabilities[row * classes + answer] as number;
      hits[count] = Number(answer === label);
      count++;
    }
    return {
      classes,
      counts,
      expected,
      rows: state.rows + count,
      confidences: append(state.confidences, state.rows, confidences.subarray(0, count), expected),
      hits: append(state.hits, state.rows, hits.subarray(0, count), expected),
    };
  },

  merge(a: PredictedRows, b: PredictedRows): PredictedRows {
    const [some, others] = a.classes === 0 ? [b, a] : [a, b];
    return {
      classes: some.classes,
      expected: a.expected,
      rows: a.rows + b.rows,
      counts: some.counts.map((count, i) => count + (others.counts[i] ?? 0)),
      confidences: append(a.confidences.slice(0, a.rows), a.rows, b.confidences.subarray(0, b.rows)),
      hits: append(a.hits.slice(0, a.rows), a.rows, b.hits.subarray(0, b.rows)),
    };
  },
};

/** Images of class `k`. */
export function supportOf({ classes, counts }: PredictedRows, k: number): number {
  let support = 0;
  for (let j = 0; j <= classes; j++) support += counts[k * (classes + 1) + j] as number;
  return support;
}

/** Images that were answered `k`; with `k = K` those that had no answer. */
export function answeredOf({ classes, counts }: PredictedRows, k: number): number {
  let answered = 0;
  for (let label = 0; label < classes; label++) answered += counts[label * (classes + 1) + k] as number;
  return answered;
}

/** Images of class `k` that were answered `k`. */
export function truePositivesOf({ classes, counts }: PredictedRows, k: number): number {
  return counts[k * (classes + 1) + k] as number;
}
