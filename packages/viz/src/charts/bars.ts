// Anybody's numbers as bars: a row a name, in it a bar a series.
import { INK, lineStyle } from "../theme.ts";
import { valueAxis } from "./axis.ts";
import { axisTitle, scaleOf, tickMarks } from "./axis-encoding.ts";
import {
  requireFigure,
  requireItems,
  requireLength,
  requireList,
  requireNames,
  requireNumbers,
} from "./check-input.ts";
import { type FigureOptions, frame } from "./figure.ts";
import { short } from "./numbers.ts";
import { plainQuantity } from "./quantity.ts";
import { rowHeight } from "./rows.ts";
import type { ChartSpecification } from "./specification.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

/** The bars of one colour. */
export interface BarSeries {
  /** As the legend has it, where there are several. */
  readonly name: string;
  /** One for each name; `null` has no bar. */
  readonly values: ArrayLike<number | null>;
}

/** What `barsSpecification` takes. */
export interface BarsOptions extends FigureOptions {
  /** Of the rows, from the top. */
  readonly names: readonly string[];
  readonly series: readonly BarSeries[];
  /** Of the values, with their unit. */
  readonly xTitle: string;
  /** Of the names; none where it isn't given. */
  readonly yTitle?: string | undefined;
}

const WIDTH = 460;
/** CSS pixels of a bar where a row has several. */
const LEAST_BAR = 9;

/**
 * Bars from 0, the values written at their ends. `size` is in CSS pixels, of the plot without axes; by default a row a
 * name is as high as can be read.
 *
 * @throws TrainscopeError `BAD_OPTION` where arrays don't agree, an entry is no number, or there is none
 * @example
 * barsSpecification({ names: ["cat", "dog"], series: [{ name: "images", values: [120, 98] }], xTitle: "Images" });
 */
export function barsSpecification(options: BarsOptions): ChartSpecification {
  requireFigure(options, { must: ["xTitle"], may: ["yTitle"] });
  checkBars(options);
  const { names, series, xTitle, yTitle = null, title = xTitle, subtitle = "" } = options;
  const rows = series.flatMap(({ name, values }) => rowsOf(names, name, Array.from(values)));
  requireValues(rows.length, "any series", title);
  const row = Math.max(rowHeight(names.length), series.length * LEAST_BAR + 4);
  const { width, height } = options.size ?? { width: WIDTH, height: names.length * row };
  const quantity = plainQuantity({ title: xTitle, scale: "linear" });
  const axis = valueAxis([0, ...rows.map(({ value }) => value)], quantity, Math.floor(width / 60));
  const x = {
    field: "value",
    type: "quantitative" as const,
    scale: scaleOf(axis),
    axis: { title: axisTitle(quantity, axis), grid: true, ...tickMarks(axis) },
  };
  const y = {
    field: "name",
    type: "nominal" as const,
    scale: { domain: [...names], padding: 0.2 },
    axis: { title: yTitle, grid: false, labelLimit: 180, labelOverlap: true },
  };
  const domain = series.map(({ name }) => name);
  const isGrouped = series.length > 1;
  const yOffset = { field: "series", type: "nominal" as const, scale: { domain } };
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width }),
    width,
    height,
    data: { values: rows },
    encoding: { x, y, ...(isGrouped && { yOffset }) },
    layer: [
      {
        mark: { type: "bar" },
        encoding: {
          color: {
            field: "series",
            type: "nominal",
            scale: { domain, range: domain.map((_, index) => lineStyle(index).colour) },
            legend: isGrouped ? { symbolType: "square", symbolSize: 110 } : null,
          },
          tooltip: [
            { field: "name", type: "nominal", title: yTitle ?? "Name" },
            { field: "series", type: "nominal", title: "Series" },
            { field: "text", type: "nominal", title: xTitle },
          ],
        },
      },
      ...[-1, 1].map((sign) => endTexts(sign, rows)),
    ],
  });
}

/** Beyond the bar's end: to the right of those above 0, to the left of those below. */
function endTexts(sign: number, rows: readonly BarRow[]) {
  return {
    data: { values: rows.filter(({ value }) => (sign < 0 ? value < 0 : value >= 0)) },
    mark: {
      type: "text" as const,
      align: sign < 0 ? ("right" as const) : ("left" as const),
      baseline: "middle" as const,
      dx: 4 * sign,
      fontSize: 11.5,
      color: INK,
      tooltip: null,
    },
    encoding: { text: { field: "text", type: "nominal" as const } },
  };
}

interface BarRow {
  readonly name: string;
  readonly series: string;
  readonly value: number;
  readonly text: string;
}

function rowsOf(names: readonly string[], series: string, values: readonly (number | null)[]): BarRow[] {
  return names.flatMap((name, index) => {
    const value = values[index];
    return typeof value === "number" && Number.isFinite(value)
      ? [{ name, series, value, text: short(value) }]
      : [];
  });
}

function checkBars({ names, series }: BarsOptions): void {
  requireItems("names", names);
  requireNames("names", names);
  requireItems("series", series);
  requireNames(
    "names of series",
    series.map((one) => one?.name),
  );
  series.forEach(({ values }, index) => {
    const where = `series[${index}].values`;
    requireList(where, values);
    requireNumbers(where, values, "gaps");
    requireLength(where, values, names.length, "one for each name");
  });
}
