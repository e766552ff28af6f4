// Anybody's numbers as lines: names, axes and their titles are the caller's.
import { lineStyle } from "../theme.ts";
import { valueAxis } from "./axis.ts";
import {
  requireFigure,
  requireFinite,
  requireItems,
  requireLength,
  requireList,
  requireNames,
  requireNumbers,
  requireObject,
  requireOneOf,
  requireRising,
  requireText,
} from "./check-input.ts";
import { type FigureOptions, frame } from "./figure.ts";
import { linesPanel } from "./panel.ts";
import { extentsOf, seriesFrom } from "./points.ts";
import { plainQuantity } from "./quantity.ts";
import type { ChartSpecification } from "./specification.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

/** A line. */
export interface LineSeries {
  /** As the legend has it. */
  readonly name: string;
  /** One for each `x`; `null`, NaN and the infinities are gaps, and on a logarithmic axis what is not above 0. */
  readonly values: ArrayLike<number | null>;
  /** Its own, rising, where it is told at another pace than the others. */
  readonly x?: ArrayLike<number> | undefined;
  /** Half the height of a band around the line, one for each value. */
  readonly deviations?: ArrayLike<number | null> | undefined;
}

/** What `linesSpecification` takes. */
export interface LinesOptions extends FigureOptions {
  /** Where the values stand, rising; may be left out where each series has its own. */
  readonly x?: ArrayLike<number> | undefined;
  readonly series: readonly LineSeries[];
  readonly xTitle: string;
  /** With its unit, e.g. `Latency (ms)`. */
  readonly yTitle: string;
  /** Of y; where it isn't given, "log" for values above 0 that span more than two decades. */
  readonly scale?: "linear" | "log" | undefined;
  /** What y can't leave: `[0, 1]` ends the axis there. */
  readonly range?: readonly [number, number] | undefined;
  /** A dotted line with its name to judge the others by. */
  readonly baseline?: { readonly value: number; readonly label: string } | undefined;
  /** Whether the last values are written where lines end; they are unless this is `false`. */
  readonly endLabels?: boolean | undefined;
}

const SIZE = { width: 460, height: 280 };

/**
 * A line a series, with a colour and a dash of its own, a gap where a value is `null`, a band where there are deviations.
 * `size` is in CSS pixels, of the plot without axes.
 *
 * @throws TrainscopeError `BAD_OPTION` where arrays don't agree, an entry is no number, or nothing is left to draw
 * @example
 * linesSpecification({
 *   x: [1, 2, 3],
 *   series: [{ name: "p50", values: [12, 11, 9] }, { name: "p99", values: [80, null, 61] }],
 *   xTitle: "Release", yTitle: "Latency (ms)",
 * });
 */
export function linesSpecification(options: LinesOptions): ChartSpecification {
  requireFigure(options, { must: ["xTitle", "yTitle"] });
  checkScale(options);
  const {
    title = options.yTitle,
    subtitle = "",
    size = SIZE,
    xTitle,
    yTitle,
    scale,
    range,
    baseline,
  } = options;
  const lines = checkedLines(options);
  const series = lines.flatMap(({ name, x, values, deviations }, index) =>
    seriesFrom({ name, style: lineStyle(index), epochs: Array.from(x), values, deviations, factor: 1 }),
  );
  requireValues(series.length, "any series", title);
  const quantity = plainQuantity({ title: yTitle, scale, range, baseline });
  const yAxis = valueAxis(extentsOf(series), quantity, Math.floor(size.height / 45));
  const styles = Object.fromEntries(lines.map(({ name }, index) => [name, lineStyle(index)]));
  return specification({
    ...frame({ title, subtitle, description: `${title} by ${xTitle}. ${subtitle}`, width: size.width }),
    ...linesPanel({
      series,
      styles,
      quantity,
      xs: xsOf(lines),
      xTitle,
      yAxis,
      size,
      endLabels: options.endLabels,
    }),
  });
}

interface CheckedLine {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly values: readonly (number | null)[];
  readonly deviations: readonly (number | null)[] | undefined;
}

function checkScale({ scale, range, baseline }: LinesOptions): void {
  if (scale !== undefined) requireOneOf("scale", scale, ["linear", "log"]);
  if (range !== undefined) {
    requireRising("range", range);
    requireLength("range", range, 2, "the least and the greatest value");
  }
  if (baseline === undefined) return;
  requireObject("baseline", baseline);
  requireFinite("baseline.value", baseline.value, scale === "log" ? 0 : undefined);
  requireText("baseline.label", baseline.label);
}

function checkedLines({ x, series, scale }: LinesOptions): CheckedLine[] {
  requireItems("series", series);
  if (x !== undefined) requireRising("x", x);
  requireNames(
    "names of series",
    series.map((one) => one?.name),
  );
  return series.map(({ name, values, x: own, deviations }, index) => {
    const where = `series[${index}]`;
    const at = own ?? x;
    if (own !== undefined) requireRising(`${where}.x`, own);
    requireList(`${where}.values`, values);
    if (at === undefined) requireList("x", at);
    const places = at as ArrayLike<number>;
    requireNumbers(`${where}.values`, values, "gaps");
    requireLength(`${where}.values`, values, places.length, "one for each x");
    if (deviations !== undefined) {
      requireList(`${where}.deviations`, deviations);
      requireNumbers(`${where}.deviations`, deviations, "gaps");
      requireLength(`${where}.deviations`, deviations, places.length, "one for each value");
    }
    const drawn = Array.from(values, (value) => (scale === "log" && Number(value) <= 0 ? null : value));
    return { name, x: places, values: drawn, deviations: deviations && Array.from(deviations) };
  });
}

/** Where any of the lines has a point, rising. */
function xsOf(lines: readonly CheckedLine[]): readonly number[] {
  return [...new Set(lines.flatMap(({ x }) => Array.from(x)))].sort((a, b) => a - b);
}
