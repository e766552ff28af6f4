import type { Series } from "./points.ts";

/** `null` is a gap. */
export interface Band {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** A run's course of the metric. */
export interface ComparedCurve {
  /** No other has it. */
  readonly name: string;
  /** Told beside the name: the settings that set it apart. Empty where there are none. */
  readonly detail: string;
  /** Where each of the values lies, rising. */
  readonly at: readonly number[];
  /** As measured; `null` is a gap. */
  readonly values: readonly (number | null)[];
  /** Whether the first of them is another run's, which this one goes on from. */
  readonly isForked: boolean;
  readonly best: { readonly at: number; readonly value: number } | undefined;
  /** Around a mean: the edges of its band, value by value. */
  readonly band?: Band | undefined;
  /** Beside others it doesn't stretch an axis without bounds; what of it lies beyond theirs is cut off. */
  readonly hasDiverged?: boolean | undefined;
}

/** A curve of the chart. */
export interface ComparedSeries extends Series {
  readonly curve: ComparedCurve;
  /** Whether some of it is off the axis. */
  readonly isCut?: boolean;
}
