// The contract of a loss: from scores to probabilities, losses and the gradient with respect to the scores.
import type { Matrix } from "../tensor/matrix.ts";
import type { LossName } from "./names.ts";

/** All matrices are `n x K`; only their first `rows` rows are read and written. */
export interface Loss {
  readonly name: LossName;
  /** Fills `probabilities` and `losses` (`n`, without the L2 term) from `scores`. */
  evaluate(scores: Matrix, labels: Uint8Array, rows: number, probabilities: Matrix, losses: Float64Array): void;
  /** Fills `out` with each row's `dl/ds`, not yet divided by the number of rows. Called after `evaluate`. */
  gradient(scores: Matrix, probabilities: Matrix, labels: Uint8Array, rows: number, out: Matrix): void;
}
