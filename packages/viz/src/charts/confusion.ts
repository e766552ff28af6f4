// A confusion matrix as a heat map: rows are true classes, columns answers.
import type { ModelOnTest } from "@trainscope/core";
import { INK, PAPER } from "../theme.ts";
import { type FigureOptions, frame } from "./figure.ts";
import { type HeatText, heatColour, heatTexts } from "./heat.ts";
import type { ChartSpecification } from "./specification.ts";
import { textWidth } from "./text-width.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

export interface ConfusionOptions extends FigureOptions {
  /** What the cells print; the colour is the part of the row in any case. "counts" where it isn't given. */
  readonly values?: "counts" | "percent" | undefined;
}

interface Cell extends HeatText {
  readonly label: string;
  readonly answer: string;
  readonly images: number;
  /** Of the row's images; 0 where it has none. */
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
 * Colour is the per cent of the true class's images, in equal steps of lightness; cells on the diagonal, which are the
 * right answers, are framed. Throws `BAD_OPTION` where there is no class.
 */
export function confusionSpecification(model: ModelOnTest, options: ConfusionOptions = {}): ChartSpecification {
  const names = model.classes.map(({ name }) => name);
  const title = options.title ?? `Confusion matrix: ${model.title}`;
  requireValues(names.length, "classes", title);
  const size = options.size ?? sizeOf(names.length);
  const cell = { width: size.width / names.length, height: size.height / names.length };
  const cells = cellsOf(model, names, options.values ?? "counts");
  const isPrinted = Math.min(cell.width, 1.5 * cell.height) >= LEAST_PRINTED;
  const inCells = options.values === "percent" ? "Per cent of the true class" : "Images";
  const subtitle =
    options.subtitle ??
    `${model.images.toLocaleString("en-GB")} test images, ${(100 * model.accuracy).toFixed(2)}\u00a0% right (framed)` +
      (isPrinted ? ` · ${inCells} in each cell` : "");
  const greatest = Math.max(...cells.map(({ percent }) => percent));
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
            { field: "images", type: "quantitative", title: "Images", format: ",d" },
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

function cellsOf(model: ModelOnTest, names: readonly string[], values: "counts" | "percent"): Cell[] {
  const counted = model.confusion.flatMap((row, label) => {
    const total = row.reduce((sum, images) => sum + images, 0);
    return row.map((images, answer) => ({
      label: names[label] ?? "",
      answer: names[answer] ?? "",
      images,
      percent: total === 0 ? 0 : (100 * images) / total,
    }));
  });
  const greatest = Math.max(1, ...counted.map(({ percent }) => percent));
  return counted.map((cell) => ({
    ...cell,
    text: values === "percent" ? cell.percent.toFixed(1) : String(cell.images),
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
