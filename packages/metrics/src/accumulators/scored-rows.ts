// Every row's probabilities and label, for figures that need them in order.
import type { MetricBatch, MetricContext } from "@trainscope/core";
import { append, type Numbers } from "./append.ts";

export interface ScoredRows {
  readonly classNames: readonly string[];
  /** Of the split. */
  readonly expected: number;
  /** `K`; 0 before the first batch. */
  readonly classes: number;
  /** `n`. */
  readonly rows: number;
  /** `n x K`, row-major, and room for more. */
  readonly scores: Numbers;
  /** `n`, and room for more. */
  readonly labels: Uint8Array;
}

export const scoredRows = {
  shared: Symbol("scored rows"),

  /** What the pass before has gathered is written over: new memory for each costs as much as the copying. */
  init(previous: ScoredRows | undefined, { classNames, rows: expected }: MetricContext): ScoredRows {
    const { scores = new Float32Array(0), labels = new Uint8Array(0) } = previous ?? {};
    return { classNames, expected, classes: 0, rows: 0, scores, labels };
  },

  update({ rows, ...state }: ScoredRows, batch: MetricBatch): ScoredRows {
    const { size, classes, probabilities } = batch;
    const { classNames, expected } = state;
    return {
      classNames,
      expected,
      classes,
      rows: rows + size,
      scores: append(state.scores, rows * classes, probabilities, expected * classes),
      labels: append(state.labels, rows, batch.labels, expected),
    };
  },

  merge(a: ScoredRows, b: ScoredRows): ScoredRows {
    const classes = Math.max(a.classes, b.classes);
    const [before, length] = [a.rows * classes, b.rows * classes];
    return {
      classNames: a.classNames,
      expected: a.expected,
      classes,
      rows: a.rows + b.rows,
      scores: append(a.scores.slice(0, before), before, b.scores.subarray(0, length)),
      labels: append(a.labels.slice(0, a.rows), a.rows, b.labels.subarray(0, b.rows)),
    };
  },
};
