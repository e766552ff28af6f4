// Anybody's numbers, counted in bins.
import { lineStyle } from "../theme.ts";
import { axisOver, valueAxis } from "./axis.ts";
import {
  requireFigure,
  requireItems,
  requireLength,
  requireList,
  requireNames,
  requireNumbers,
  requireRising,
  requireWhole,
} from "./check-input.ts";
import { type FigureOptions, frame } from "./figure.ts";
import { histogramPanel } from "./histogram-panel.ts";
import { plainQuantity } from "./quantity.ts";
import type { ChartSpecification } from "./specification.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

/** What `histogramSpecification` takes. */
export interface HistogramOptions extends FigureOptions {
  /** Numbers under a name; those that are not finite are left out. */
  readonly series: readonly { readonly name: string; readonly values: ArrayLike<number | null> }[];
  /** With the unit. */
  readonly xTitle: string;
  /** What is counted: "Count" where it isn't given. */
  readonly yTitle?: string | undefined;
  /**
   * Edges of the bins, rising; numbers beyond them are left out. Or about how many bins of round width there are to be: by
   * default the square root of how many numbers the largest series has, 5 to 60.
   */
  readonly bins?: number | ArrayLike<number> | undefined;
}

const MOST_BINS = 1000;
const SIZE = { width: 460, height: 280 };

/**
 * An outline a series. A bin holds its lower edge, the last one its upper edge too. `size` is in CSS pixels, of the plot
 * without axes.
 *
 * @throws TrainscopeError `BAD_OPTION` where an entry is no number, edges don't rise, or there is no number
 * @example
 * histogramSpecification({ series: [{ name: "before", values: latencies }], xTitle: "Latency (ms)" });
 */
export function histogramSpecification(options: HistogramOptions): ChartSpecification {
  requireFigure(options, { must: ["xTitle"], may: ["yTitle"] });
  checkSeries(options);
  const { title = options.xTitle, subtitle = "", size = SIZE, xTitle, yTitle = "Count" } = options;
  const numbers = options.series.map(({ values }) => finiteOf(values));
  requireValues(numbers.flat().length, "any series", title);
  const edges = edgesOf(numbers, options.bins);
  const series = options.series.map(({ name }, index) => {
    return { name, style: lineStyle(index), counts: countIn(edges, numbers[index] ?? []) };
  });
  const counts = series.flatMap((one) => one.counts);
  const xAxis = axisOver([edges[0] ?? 0, edges.at(-1) ?? 1], "linear", Math.floor(size.width / 60));
  const yAxis = valueAxis(
    [0, ...counts],
    plainQuantity({ title: yTitle, scale: "linear" }),
    Math.floor(size.height / 45),
  );
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: size.width }),
    ...histogramPanel({ edges, series, xTitle, yTitle, xAxis, yAxis, size, id: "bin" }),
  });
}

function checkSeries({ series, bins }: HistogramOptions): void {
  requireItems("series", series);
  requireNames(
    "names of series",
    series.map((one) => one?.name),
  );
  series.forEach(({ values }, index) => {
    requireList(`series[${index}].values`, values);
    requireNumbers(`series[${index}].values`, values, "gaps");
  });
  if (bins === undefined) return;
  if (typeof bins === "number") requireWhole("bins", bins, 1, MOST_BINS);
  else requireRising("bins", bins);
  if (typeof bins === "object" && bins.length < 2) {
    requireLength("bins", bins, 2, "the edges of one bin, or more");
  }
}

function finiteOf(values: ArrayLike<number | null>): number[] {
  return Array.from(values).filter((value): value is number => Number.isFinite(value));
}

/** Round numbers around all values where no edges are given; rounded, the outer ones may miss the outer values by a hair. */
function edgesOf(numbers: readonly (readonly number[])[], bins: HistogramOptions["bins"]): readonly number[] {
  if (typeof bins === "object") return Array.from(bins);
  const most = numbers.reduce((longest, { length }) => Math.max(longest, length), 0);
  const about = bins ?? Math.min(60, Math.max(5, Math.round(Math.sqrt(most))));
  const values = numbers.flat();
  const { ticks } = valueAxis(values, plainQuantity({ title: "", scale: "linear" }), about);
  const least = values.reduce((low, value) => Math.min(low, value), ticks[0] ?? 0);
  const greatest = values.reduce((high, value) => Math.max(high, value), ticks.at(-1) ?? 0);
  return [least, ...ticks.slice(1, -1), greatest];
}

/** Numbers beyond the edges are in no bin. */
function countIn(edges: readonly number[], numbers: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const [first = 0, last = 0] = [edges[0], edges.at(-1)];
  for (const value of numbers) {
    if (value < first || value > last) continue;
    const bin = Math.min(binOf(edges, value), counts.length - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** The last edge that is not above the value, by bisection. */
function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) <= value) low = middle;
    else high = middle;
  }
  return low;
}
