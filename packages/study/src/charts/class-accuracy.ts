// Recall and precision of each class, sorted by recall, beside the accuracy over all.
import type { ClassOnTest } from "@trainscope/core/analysis";
import type { ChartSpecification, PanelSize } from "@trainscope/viz";
import {
  BLUE,
  describeQuantity,
  type FigureOptions,
  frame,
  type Layer,
  requireValues,
  rowHeight,
  SUBDUED,
  scaleOf,
  specification,
  tickMarks,
  VERMILION,
  valueAxis,
} from "@trainscope/viz/parts";
import type { ModelOnTest } from "../stages/results.ts";
import { colourAndShape } from "./colour-and-shape.ts";
import { labelledRule } from "./labelled-rule.ts";

const WIDTH = 460;

const SUBTITLE =
  "Recall: how many of the class's images are answered right\nPrecision: how many of the answers with its name are right";

const MEASURES = [
  { name: "Recall", colour: BLUE, shape: "circle" },
  { name: "Precision", colour: VERMILION, shape: "diamond" },
];

type Row = ReturnType<typeof rowOf>;
type Axes = ReturnType<typeof axesOf>;

/** Throws `BAD_OPTION` where there is no class. */
export function classAccuracySpecification(
  model: ModelOnTest,
  options: FigureOptions = {},
): ChartSpecification {
  const rows = byRecall(model.classes).map(rowOf);
  const { title = `Accuracy of each class: ${model.title}`, subtitle = SUBTITLE } = options;
  requireValues(rows.length, "classes", title);
  const size = options.size ?? { width: WIDTH, height: rows.length * rowHeight(rows.length) };
  const overall = 100 * model.accuracy;
  const axes = axesOf(rows, overall, size);
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: size.width, legendOffset: 24 }),
    ...size,
    layer: [
      overallRule(overall, axes),
      differenceRules(rows, axes),
      measurePoints(rows, axes),
      recallColumn(rows, axes, size),
    ],
  });
}

/** Per cent along x, the classes down y. */
function axesOf(rows: readonly Row[], overall: number, { width, height }: PanelSize) {
  const values = rows.flatMap(({ recall, precision }) => [recall ?? [], precision ?? []]).flat();
  const quantity = { ...describeQuantity("accuracy", {}), range: [0, 100] as const };
  const axis = valueAxis([0, overall, ...values], quantity, Math.floor(width / 60));
  const x = {
    type: "quantitative" as const,
    scale: scaleOf(axis),
    axis: { title: "Per cent", ...tickMarks(axis) },
  };
  const y = {
    field: "name",
    type: "nominal" as const,
    scale: { domain: rows.map(({ name }) => name), padding: 0.5 },
    axis: {
      title: null,
      grid: true,
      labelLimit: 180,
      labelOverlap: false,
      labelFontSize: fontSizeOf(rows, height),
    },
  };
  return { x, y };
}

function fontSizeOf(rows: readonly Row[], height: number): number {
  return Math.min(12, height / rows.length - 1);
}

function overallRule(overall: number, { x }: Axes): Layer {
  return {
    data: { values: [{ overall, text: `All classes ${overall.toFixed(1)}\u00a0%` }] },
    layer: labelledRule({ ...x, field: "overall" }, { color: SUBDUED, strokeWidth: 1.25, strokeDash: [2, 3] }),
  };
}

/** From a class's recall to its precision. */
function differenceRules(rows: readonly Row[], { x, y }: Axes): Layer {
  return {
    data: { values: rows.filter(({ recall, precision }) => recall !== null && precision !== null) },
    mark: { type: "rule", color: SUBDUED, strokeWidth: 1.25, tooltip: null },
    encoding: { x: { ...x, field: "recall" }, x2: { field: "precision" }, y },
  };
}

function measurePoints(rows: readonly Row[], { x, y }: Axes): Layer {
  const points = rows.flatMap((row) => [
    { ...row, measure: "Recall", value: row.recall },
    { ...row, measure: "Precision", value: row.precision },
  ]);
  return {
    data: { values: points.filter(({ value }) => value !== null) },
    mark: { type: "point", filled: true, size: 95, opacity: 1 },
    encoding: {
      x: { ...x, field: "value" },
      y,
      ...colourAndShape("measure", MEASURES),
      tooltip: [
        { field: "name", type: "nominal", title: "Class" },
        { field: "recallText", type: "nominal", title: "Recall" },
        { field: "precisionText", type: "nominal", title: "Precision" },
        { field: "images", type: "quantitative", title: "Images", format: ",d" },
        { field: "confusedWith", type: "nominal", title: "Most often taken for" },
      ],
    },
  };
}

/** The recalls as numbers, to the right of the plot. */
function recallColumn(rows: readonly Row[], { y }: Axes, { width, height }: PanelSize): Layer {
  return {
    data: { values: [...rows] },
    mark: {
      type: "text",
      align: "right",
      fontSize: fontSizeOf(rows, height),
      color: BLUE,
      tooltip: null,
    },
    encoding: { x: { value: width + 52 }, y, text: { field: "recallText", type: "nominal" } },
  };
}

/** The best recognised first; those without an image last. */
export function byRecall(classes: readonly ClassOnTest[]): ClassOnTest[] {
  return classes.toSorted((a, b) => (b.recall ?? -1) - (a.recall ?? -1));
}

function rowOf({ name, images, recall, precision, mostConfusedWith }: ClassOnTest) {
  const shown = (part: number | null): number | null => (part === null ? null : 100 * part);
  const text = (part: number | null): string => (part === null ? "none" : `${(100 * part).toFixed(1)}\u00a0%`);
  return {
    name,
    images,
    recall: shown(recall),
    precision: shown(precision),
    recallText: text(recall),
    precisionText: text(precision),
    confusedWith: mostConfusedWith === null ? "none" : `${mostConfusedWith.name} (${mostConfusedWith.images})`,
  };
}
