// How certain the model is of its answer to each row, and whether it is right.
import type { MetricBatch } from "@trainscope/core";
import { predictedClass } from "@trainscope/core/analysis";
import { append, type Numbers } from "./append.ts";

export interface Confidences {
  /** `n`. */
  readonly rows: number;
  /** `n`, the probability of each answer, and room for more. */
  readonly confidences: Numbers;
  /** `n`, 1 where the answer is the label, and room for more. */
  readonly hits: Uint8Array;
}

/** A row without an answer is left out. */
export const confidencesOf = {
  shared: Symbol("confidences"),

  init: (): Confidences => ({ rows: 0, confidences: new Float32Array(0), hits: new Uint8Array(0) }),

  update(state: Confidences, { size, classes, probabilities, labels }: MetricBatch): Confidences {
    const confidences = new (probabilities.constructor as Float64ArrayConstructor)(size);
    const hits = new Uint8Array(size);
    let count = 0;
    for (let row = 0; row < size; row++) {
      const answer = predictedClass(probabilities, row * classes, classes);
      if (answer < 0) continue;
      confidences[count] = probabilities[row * classes + answer] as number;
      hits[count] = Number(answer === labels[row]);
      count++;
    }
    return {
      rows: state.rows + count,
      confidences: append(state.confidences, state.rows, confidences.subarray(0, count)),
      hits: append(state.hits, state.rows, hits.subarray(0, count)),
    };
  },

  merge: (a: Confidences, b: Confidences): Confidences => ({
    rows: a.rows + b.rows,
    confidences: append(a.confidences.slice(0, a.rows), a.rows, b.confidences.subarray(0, b.rows)),
    hits: append(a.hits.slice(0, a.rows), a.rows, b.hits.subarray(0, b.rows)),
  }),
};
