// What is plotted, and how.
import type { Color } from "../text/rows.ts";
import type { ScaleOptions } from "./scale.ts";
import type { Values } from "./values.ts";

/** A line of a plot in a terminal. */
export interface PlotSeries {
  readonly values: Values;
  /** The epoch or step of each of its values, rising, where they aren't those of the plot. */
  readonly epochs?: readonly number[] | undefined;
  readonly color?: Color | undefined;
  readonly dashed?: boolean;
  /** Broken more finely. */
  readonly dotted?: boolean;
  readonly bold?: boolean;
  /** Gives way where another curve is drawn. */
  readonly faint?: boolean;
  /** What of it doesn't fit the range of the others is cut off. */
  readonly cut?: boolean;
  /** Faint and cut off. */
  readonly dim?: boolean;
  /** Of its own epochs or steps, from a value to the next, where it isn't 1. */
  readonly every?: number;
  /** One character beside the curve's end. */
  readonly label?: string | undefined;
  /** Its character where there is no Braille. */
  readonly mark?: string;
}

/** A value to be marked in the plot. */
export interface PlotPoint {
  /** Or step. */
  readonly epoch: number;
  readonly value: number;
  readonly color?: Color | undefined;
}

/** Something that happened, marked on the axis. */
export interface AxisMark {
  /** In epochs: 2.5 is the middle of the third. */
  readonly at: number;
  /** One character. */
  readonly sign: string;
}

export interface PlotOptions extends ScaleOptions {
  /** The epoch of each value, rising. */
  readonly epochs: readonly number[];
  /** Epochs at the edges; the first and the newest where they are missing. */
  readonly firstEpoch?: number | undefined;
  readonly lastEpoch?: number | undefined;
  /** Stands beside the numbers of the x axis, where those aren't epochs. */
  readonly axisName?: string | undefined;
  readonly percent?: boolean;
  readonly ascii?: boolean;
  /** Stands at the right end of the baseline. */
  readonly baselineName?: string | undefined;
  /** Gets a star, here and on the axis. */
  readonly best?: PlotPoint | undefined;
  /** An epoch that gets a vertical line; `crossings` are the values there. */
  readonly crosshair?: number | undefined;
  readonly crossings?: readonly PlotPoint[] | undefined;
  readonly changes?: readonly AxisMark[] | undefined;
}
