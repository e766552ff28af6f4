// A confusion matrix as a heat map: rows are true classes, columns answers.
import { INK, PAPER } from "../theme.ts";
import {
  requireCounts,
  requireFigure,
  requireItems,
  requireLength,
  requireList,
  requireNames,
  requireOneOf,
} from "./check-input.ts";
import { type FigureOptions, frame } from "./figure.ts";
import { type HeatText, heatColour, heatTexts } from "./heat.ts";
import type { ChartSpecification } from "./specification.ts";
import { textWidth } from "./text-width.ts";
import { specification } from "./vega-lite-checked.ts";

/** What `confusionSpecification` takes. */
export interface ConfusionOptions extends FigureOptions {
  /** `classes x classes`: a row a true class, a column an answer; whole numbers of at least 0. */
  readonly counts: readonly ArrayLike<number>[];
  /** Of the classes, in the order of rows and columns. */
  readonly names: readonly string[];
  /** What the cells print; the colour is the part of the row in any case. "counts" where it isn't given. */
  readonly values?: "counts" | "percent" | undefined;
  /** What is counted, as the subtitle has it: "images" where it isn't given. */
  readonly counted?: string | undefined;
}

interface Cell extends HeatText {
  readonly label: string;
  readonly answer: string;
  readonly count: number;
  /** Of the row's counts; 0 where it has none. */
  readonly percent: number;
}

/** CSS pixels of the whole where it isn't given, as far as cells keep within their bounds. */
const WHOLE = { width: 620, height: 400 };
const LEAST_CELL = 7;
const GREATEST_CELL = { width: 84, height: 60 };
/** A narrower cell holds no number. */
const LEAST_PRINTED = 24;
const FONT_SIZE = 12;

/**
 * Colour is the per cent of the true class's row, in equal steps of lightness; cells on the diagonal, which are the
 * right answers, are framed. `size` is in CSS pixels, of the matrix without axes.
 *
 * @throws TrainscopeError `BAD_OPTION` where there is no class, rows and names don't agree, or an entry is no count
 * @example
 * confusionSpecification({ counts: [[50, 2], [7, 41]], names: ["spam", "mail"], counted: "messages" });
 */
export function confusionSpecification(options: ConfusionOptions): ChartSpecification {
  requireFigure(options, { may: ["counted"] });
  if (options.values !== undefined) requireOneOf("values", options.values, ["counts", "percent"]);
  checkCounts(options);
  const { names, counts, title = "Confusion matrix", counted = "images" } = options;
  const size = options.size ?? sizeOf(names.length);
  const cell = { width: size.width / names.length, height: size.height / names.length };
  const rows = counts.map((row) => Array.from(row));
  const cells = cellsOf(rows, names, options.values ?? "counts");
  const isPrinted = Math.min(cell.width, 1.5 * cell.height) >= LEAST_PRINTED;
  const inCells = options.values === "percent" ? "Per cent of the true class" : "Counts";
  const subtitle =
    options.subtitle ?? `${describeAnswers(rows, counted)}${isPrinted ? ` · ${inCells} in each cell` : ""}`;
  const greatest = cells.reduce((most, { percent }) => Math.max(most, percent), 0);
  const [x, y] = [
    axisOf("answer", "Answer", names, cell.width, angleOf(names, cell.width)),
    axisOf("label", "True class", names, cell.height, 0),
  ];
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: size.width }),
    ...size,
    data: { values: cells },
    encoding: { x, y },
    layer: [
      {
        mark: { type: "rect", stroke: PAPER, strokeWidth: isPrinted ? 1 : 0 },
        encoding: {
          color: heatColour({
            field: "percent",
            title: "% of the true class",
            domain: [0, Math.max(1, greatest)],
            height: size.height,
          }),
          tooltip: [
            { field: "label", type: "nominal", title: "True class" },
            { field: "answer", type: "nominal", title: "Answer" },
            { field: "count", type: "quantitative", title: capitalised(counted), format: ",d" },
            { field: "percent", type: "quantitative", title: "% of the true class", format: ".1f" },
          ],
        },
      },
      {
        data: { values: cells.filter(({ label, answer }) => label === answer) },
        mark: { type: "rect", fill: null, stroke: INK, strokeWidth: isPrinted ? 1.75 : 0.75, tooltip: null },
      },
      ...(isPrinted ? heatTexts(cells, { x, y }, Math.min(FONT_SIZE, cell.width / 2.9)) : []),
    ],
  });
}

/** `10,000 images, 39.10 % right (framed)`. */
function describeAnswers(rows: readonly (readonly number[])[], counted: string): string {
  const total = rows.flat().reduce((sum, count) => sum + count, 0);
  const right = rows.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const part = total === 0 ? "none" : `${((100 * right) / total).toFixed(2)}\u00a0%`;
  return `${total.toLocaleString("en-GB")} ${counted}, ${part} right (framed)`;
}

function checkCounts({ counts, names }: ConfusionOptions): void {
  requireItems("names", names);
  requireNames("names", names);
  requireList("counts", counts);
  requireLength("counts", counts, names.length, "a row for each name");
  counts.forEach((row, index) => {
    requireList(`counts[${index}]`, row);
    requireLength(`counts[${index}]`, row, names.length, "one for each name");
    requireCounts(`counts[${index}]`, row);
  });
}

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function cellsOf(
  rows: readonly (readonly number[])[],
  names: readonly string[],
  values: "counts" | "percent",
): Cell[] {
  const counted = rows.flatMap((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, answer) => ({
      label: names[label] ?? "",
      answer: names[answer] ?? "",
      count,
      percent: total === 0 ? 0 : (100 * count) / total,
    }));
  });
  const greatest = counted.reduce((most, { percent }) => Math.max(most, percent), 1);
  return counted.map((cell) => ({
    ...cell,
    text: values === "percent" ? cell.percent.toFixed(1) : String(cell.count),
    part: cell.percent / greatest,
  }));
}

function sizeOf(classes: number) {
  const side = (whole: number, greatest: number): number =>
    classes * Math.round(Math.max(LEAST_CELL, Math.min(greatest, whole / classes)));
  return {
    width: side(WHOLE.width, GREATEST_CELL.width),
    height: side(WHOLE.height, GREATEST_CELL.height),
  };
}

function axisOf(field: string, title: string, names: readonly string[], cell: number, angle: number) {
  return {
    field,
    type: "nominal" as const,
    scale: { type: "band" as const, domain: [...names], paddingInner: 0, paddingOuter: 0 },
    axis: {
      title,
      grid: false,
      ticks: false,
      domain: false,
      labelFontSize: Math.min(FONT_SIZE, Math.max(6, cell - 1)),
      labelPadding: 6,
      labelLimit: 150,
      labelAngle: angle,
      labelOverlap: false,
    },
  };
}

/** Names lie flat where they fit between their neighbours', lean where they don't, and stand where columns are narrow. */
function angleOf(names: readonly string[], width: number): number {
  if (longestOf(names) + 3 <= width) return 0;
  return width < 1.5 * FONT_SIZE ? -90 : -45;
}

function longestOf(names: readonly string[]): number {
  return Math.max(...names.map((name) => textWidth(name, FONT_SIZE)));
}
