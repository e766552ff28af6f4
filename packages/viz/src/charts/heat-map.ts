// Anybody's matrix, such as one that a metric came to, as a heat map: its first row on top.
import { PAPER } from "../theme.ts";
import { requireFigure, requireItems, requireLength, requireNames, requireNumbers } from "./check-input.ts";
import { type FigureOptions, frame } from "./figure.ts";
import { heatColour, heatTexts } from "./heat.ts";
import type { ChartSpecification } from "./specification.ts";
import { textWidth } from "./text-width.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

/** What `heatMapSpecification` takes. */
export interface HeatMapOptions extends FigureOptions {
  /** Rows from the top, all of one length; `null`, NaN and the infinities stay empty. */
  readonly rows: readonly ArrayLike<number | null>[];
  /** Where they aren't given, rows and columns are numbered from 1. */
  readonly rowNames?: readonly string[] | undefined;
  readonly columnNames?: readonly string[] | undefined;
  readonly xTitle?: string | undefined;
  readonly yTitle?: string | undefined;
  /** Of the colours' legend, with the unit. */
  readonly valueTitle?: string | undefined;
}

/** CSS pixels of the whole where it isn't given, as far as cells keep within their bounds. */
const WHOLE = { width: 620, height: 400 };
const LEAST_CELL = 3;
const GREATEST_CELL = { width: 84, height: 60 };
/** A narrower cell holds no number. */
const LEAST_PRINTED = 30;
const FONT_SIZE = 12;

/**
 * Colour is the value, in equal steps of lightness from the least to the greatest; cells that are large enough hold it as text,
 * too. `size` is in CSS pixels, of the map without axes.
 *
 * @throws TrainscopeError `BAD_OPTION` where rows differ in length, names don't agree with them, or there is no number
 * @example
 * heatMapSpecification({ rows: [[1, 0.2], [0.2, 1]], rowNames: ["a", "b"], columnNames: ["a", "b"], title: "Correlation" });
 */
export function heatMapSpecification(options: HeatMapOptions): ChartSpecification {
  requireFigure(options, { may: ["xTitle", "yTitle", "valueTitle"] });
  const { title = "Heat map", subtitle = "", xTitle = "", yTitle = "", valueTitle = "" } = options;
  const rows = checkedRows(options);
  const columns = rows[0]?.length ?? 0;
  const names = {
    rows: options.rowNames ?? numbered(rows.length),
    columns: options.columnNames ?? numbered(columns),
  };
  const numbers = rows.flat().filter((value) => value !== null);
  requireValues(numbers.length, "number", title);
  const [least, greatest] = extentOf(numbers);
  const size = options.size ?? { width: sideOf(columns, "width"), height: sideOf(rows.length, "height") };
  const cell = { width: size.width / columns, height: size.height / rows.length };
  const cells = rows.flatMap((row, i) =>
    row.flatMap((value, j) => {
      if (value === null) return [];
      const part = greatest === least ? 0 : (value - least) / (greatest - least);
      return [
        { row: names.rows[i] ?? "", column: names.columns[j] ?? "", value, text: shortNumber(value), part },
      ];
    }),
  );
  const isPrinted = cell.width >= LEAST_PRINTED && cell.height >= 1.5 * FONT_SIZE;
  const [x, y] = [
    axisOf("column", xTitle, names.columns, cell.width),
    axisOf("row", yTitle, names.rows, cell.height),
  ];
  const lean = options.columnNames?.some((name) => textWidth(name, FONT_SIZE) + 3 > cell.width);
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: size.width }),
    ...size,
    data: { values: cells },
    encoding: { x: { ...x, axis: { ...x.axis, labelAngle: lean ? -45 : 0 } }, y },
    layer: [
      {
        mark: { type: "rect", stroke: PAPER, strokeWidth: isPrinted ? 1 : 0 },
        encoding: {
          color: heatColour({
            field: "value",
            title: valueTitle,
            domain: [least, greatest],
            height: size.height,
          }),
          tooltip: [
            { field: "row", type: "nominal", title: yTitle || "Row" },
            { field: "column", type: "nominal", title: xTitle || "Column" },
            { field: "value", type: "quantitative", title: valueTitle || "Value" },
          ],
        },
      },
      ...(isPrinted ? heatTexts(cells, { x, y }, FONT_SIZE) : []),
    ],
  });
}

/** What is no finite number as `null`. */
function checkedRows({ rows, rowNames, columnNames }: HeatMapOptions): (number | null)[][] {
  requireItems("rows", rows);
  const columns = rows[0]?.length ?? 0;
  rows.forEach((row, index) => {
    requireItems(`rows[${index}]`, row);
    requireNumbers(`rows[${index}]`, row, "gaps");
    requireLength(`rows[${index}]`, row, columns, "as many as the first row has");
  });
  for (const [name, names, count, what] of [
    ["rowNames", rowNames, rows.length, "one for each row"],
    ["columnNames", columnNames, columns, "one for each column"],
  ] as const) {
    if (names === undefined) continue;
    requireNames(name, names);
    requireLength(name, names, count, what);
  }
  return rows.map((row) => Array.from(row, (value) => (Number.isFinite(value) ? value : null)));
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i + 1));

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
