// The matrix that a metric came to, as a heat map: its first row on top.
import type { MetricMatrix } from "@trainscope/core";
import { PAPER } from "../theme.ts";
import { type FigureOptions, frame } from "./figure.ts";
import { heatColour, heatTexts } from "./heat.ts";
import type { ChartSpecification } from "./specification.ts";
import { textWidth } from "./text-width.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

export interface MetricMatrixOptions extends FigureOptions {
  readonly title: string;
  /** Of a square matrix that has as many rows: what they, and its columns, are called. Else they are numbered from 1. */
  readonly classNames?: readonly string[] | undefined;
  /** What is across, and what is down. */
  readonly axes?: readonly [string, string] | undefined;
}

/** CSS pixels of the whole where it isn't given, as far as cells keep within their bounds. */
const WHOLE = { width: 620, height: 400 };
const LEAST_CELL = 3;
const GREATEST_CELL = { width: 84, height: 60 };
/** A narrower cell holds no number. */
const LEAST_PRINTED = 30;
const FONT_SIZE = 12;

/** Colour is the value, from the least to the greatest; `null` stays empty. Throws `BAD_OPTION` where there is no number. */
export function metricMatrixSpecification(
  { rows }: Pick<MetricMatrix, "rows">,
  options: MetricMatrixOptions,
): ChartSpecification {
  const { title, subtitle = "", axes = ["", ""] } = options;
  const columns = rows[0]?.length ?? 0;
  const isByClass = options.classNames?.length === rows.length && columns === rows.length;
  const nameOf = (i: number): string => (isByClass && options.classNames?.[i]) || String(i + 1);
  const numbers = rows.flat().filter((value) => value !== null);
  requireValues(numbers.length, "number", title);
  const [least, greatest] = extentOf(numbers);
  const size = options.size ?? { width: sideOf(columns, "width"), height: sideOf(rows.length, "height") };
  const cell = { width: size.width / columns, height: size.height / rows.length };
  const cells = rows.flatMap((row, i) =>
    row.flatMap((value, j) => {
      if (value === null) return [];
      const part = greatest === least ? 0 : (value - least) / (greatest - least);
      return [{ row: nameOf(i), column: nameOf(j), value, text: shortNumber(value), part }];
    }),
  );
  const isPrinted = cell.width >= LEAST_PRINTED && cell.height >= 1.5 * FONT_SIZE;
  const names = (count: number) => Array.from({ length: count }, (_, i) => nameOf(i));
  const [x, y] = [
    axisOf("column", axes[0], names(columns), cell.width),
    axisOf("row", axes[1], names(rows.length), cell.height),
  ];
  const lean = isByClass && names(columns).some((name) => textWidth(name, FONT_SIZE) + 3 > cell.width);
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: size.width }),
    ...size,
    data: { values: cells },
    encoding: { x: { ...x, axis: { ...x.axis, labelAngle: lean ? -45 : 0 } }, y },
    layer: [
      {
        mark: { type: "rect", stroke: PAPER, strokeWidth: isPrinted ? 1 : 0 },
        encoding: {
          color: heatColour({ field: "value", title: "", domain: [least, greatest], height: size.height }),
          tooltip: [
            { field: "row", type: "nominal", title: axes[1] || "row" },
            { field: "column", type: "nominal", title: axes[0] || "column" },
            { field: "value", type: "quantitative", title: "value" },
          ],
        },
      },
      ...(isPrinted ? heatTexts(cells, { x, y }, FONT_SIZE) : []),
    ],
  });
}

/** Without a stack's worth of arguments. */
function extentOf(numbers: readonly number[]): readonly [number, number] {
  return numbers.reduce(
    ([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const,
  );
}

function sideOf(count: number, side: "width" | "height"): number {
  return count * Math.max(LEAST_CELL, Math.min(GREATEST_CELL[side], Math.round(WHOLE[side] / count)));
}

function shortNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e5
    ? String(value)
    : String(Number(value.toPrecision(2)));
}

function axisOf(field: string, title: string, names: readonly string[], cell: number) {
  return {
    field,
    type: "nominal" as const,
    scale: { type: "band" as const, domain: [...names], paddingInner: 0, paddingOuter: 0 },
    axis: {
      title: title === "" ? null : title,
      grid: false,
      ticks: false,
      domain: false,
      labelFontSize: Math.min(FONT_SIZE, Math.max(6, cell - 1)),
      labelPadding: 6,
      labelLimit: 150,
      labelOverlap: true,
    },
  };
}
