// Recall and precision of each class, sorted by recall, beside the accuracy over all.
import type { ClassOnTest } from "@trainscope/core/analysis";
import type { ChartSpecification } from "@trainscope/viz";
import {
  BLUE,
  describeQuantity,
  type FigureOptions,
  frame,
  requireValues,
  rowHeight,
  SUBDUED,
  scaleOf,
  specification,
  tickMarks,
  VERMILION,
  valueAxis,
} from "@trainscope/viz/parts";
import type { ModelOnTest } from "../conduct/results.ts";

const WIDTH = 460;

const MEASURES = ["Recall", "Precision"];

/** Throws `BAD_OPTION` where there is no class. */
export function classAccuracySpecification(
  model: ModelOnTest,
  options: FigureOptions = {},
): ChartSpecification {
  const rows = byRecall(model.classes).map(rowOf);
  const title = options.title ?? `Accuracy of each class: ${model.title}`;
  requireValues(rows.length, "classes", title);
  const { width, height } = options.size ?? { width: WIDTH, height: rows.length * rowHeight(rows.length) };
  const overall = 100 * model.accuracy;
  const subtitle =
    options.subtitle ??
    "Recall: how many of the class's images are answered right\nPrecision: how many of the answers with its name are right";
  const points = rows.flatMap((row) => [
    { ...row, measure: "Recall", value: row.recall },
    { ...row, measure: "Precision", value: row.precision },
  ]);
  const values = points.flatMap(({ value }) => value ?? []);
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
      labelFontSize: Math.min(12, height / rows.length - 1),
    },
  };
  const measured = { field: "measure", type: "nominal" as const };
  const legend = { symbolSize: 110 };
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width, legendOffset: 24 }),
    width,
    height,
    layer: [
      {
        data: { values: [{ overall, text: `All classes ${overall.toFixed(1)}\u00a0%` }] },
        layer: [
          {
            mark: { type: "rule", color: SUBDUED, strokeWidth: 1.25, strokeDash: [2, 3], tooltip: null },
            encoding: { x: { ...x, field: "overall" } },
          },
          {
            mark: { type: "text", baseline: "bottom", fontSize: 11.5, color: SUBDUED, tooltip: null },
            encoding: {
              x: { ...x, field: "overall" },
              y: { value: -3 },
              text: { field: "text", type: "nominal" },
            },
          },
        ],
      },
      {
        data: { values: rows.filter(({ recall, precision }) => recall !== null && precision !== null) },
        mark: { type: "rule", color: SUBDUED, strokeWidth: 1.25, tooltip: null },
        encoding: { x: { ...x, field: "recall" }, x2: { field: "precision" }, y },
      },
      {
        data: { values: points.filter(({ value }) => value !== null) },
        mark: { type: "point", filled: true, size: 95, opacity: 1 },
        encoding: {
          x: { ...x, field: "value" },
          y,
          color: { ...measured, scale: { domain: MEASURES, range: [BLUE, VERMILION] }, legend },
          shape: { ...measured, scale: { domain: MEASURES, range: ["circle", "diamond"] }, legend },
          tooltip: [
            { field: "name", type: "nominal", title: "Class" },
            { field: "recallText", type: "nominal", title: "Recall" },
            { field: "precisionText", type: "nominal", title: "Precision" },
            { field: "images", type: "quantitative", title: "Images", format: ",d" },
            { field: "confusedWith", type: "nominal", title: "Most often taken for" },
          ],
        },
      },
      {
        data: { values: rows },
        mark: {
          type: "text",
          align: "right",
          fontSize: Math.min(12, height / rows.length - 1),
          color: BLUE,
          tooltip: null,
        },
        encoding: { x: { value: width + 52 }, y, text: { field: "recallText", type: "nominal" } },
      },
    ],
  });
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
