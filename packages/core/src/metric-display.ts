// How values of a metric are shown and compared, whoever computes them.

/** What better means. Early stopping, the best value shown and its colour all read it from here. */
export type Direction = "min" | "max" | "none";

/** How a dashboard or chart may show it; all of it is advice. */
export interface MetricDisplay {
  readonly chart?: boolean;
  readonly scale?: "linear" | "log";
  readonly range?: readonly [number, number];
  /** A line to compare with, e.g. 0.1 for the accuracy of guessing among ten classes. */
  readonly baseline?: number;
  /** Decimal places of a value, of a "fraction" those of the per cent: 0 to 20. For a viewer that lacks `format`, too. */
  readonly digits?: number;
  /** Of curves, and of a matrix: what its axes are called, across first. */
  readonly axes?: readonly [string, string];
  /** Of curves: a line from (0, 0) to (1, 1) to compare with. */
  readonly diagonal?: boolean;
}
