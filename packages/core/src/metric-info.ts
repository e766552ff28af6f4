// What a run tells of a metric, whoever computes it: how it is shown and compared, and what it gave.
import type { Split } from "./data/dataset.ts";

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

/** Values by tag (`split/name`); `null` where a value is missing or is no finite number. */
export type MetricValues = Readonly<Record<string, number | null>>;

/** What a reader of the log needs to know of a metric to show it. */
export interface MetricInfo {
  readonly tag: string;
  readonly name: string;
  readonly split: Split;
  readonly direction: Direction;
  readonly unit: string | null;
  readonly display: MetricDisplay;
  /** One sentence: what it tells. */
  readonly description?: string;
}

/**
 * That a run may declare. Each is a curve on the screen: one that declared 100,000 kept a viewer busy for half a minute
 * before its first frame.
 */
export const MOST_METRICS = 5000;

/** Rows of equal length; `null` where an entry is no finite number. */
export interface MetricMatrix {
  readonly kind: "matrix";
  readonly rows: readonly (readonly (number | null)[])[];
}

/** `x` and `y` of a curve are of equal length; `null` where an entry is no finite number. */
export interface MetricCurves {
  readonly kind: "curves";
  readonly curves: readonly {
    readonly name: string;
    readonly x: readonly (number | null)[];
    readonly y: readonly (number | null)[];
  }[];
}
