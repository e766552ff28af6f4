// The gradient check: the largest difference of each case beside the tolerance, on a log axis.

import type { GradientCheckRow } from "@trainscope/core/gradient-check";
import type { ChartSpecification, PanelSize } from "@trainscope/viz";
import {
  describeQuantity,
  type FigureOptions,
  frame,
  type Layer,
  lineStyle,
  requireValues,
  scaleOf,
  scientific,
  specification,
  tickMarks,
  VERMILION,
  valueAxis,
} from "@trainscope/viz/parts";
import type { GradientCheckResult } from "../stages/results.ts";
import { colourAndShape } from "./colour-and-shape.ts";
import { labelledRule } from "./labelled-rule.ts";

const WIDTH = 460;
const CASE_HEIGHT = 46;

/** What float64 can tell apart near 1: a difference of 0 stands here, as a log axis has no place for it. */
const LEAST = 2 ** -52;

const SHAPES = ["circle", "square", "diamond", "triangle-up", "triangle-down"];

type Axes = ReturnType<typeof axesOf>;

/** A row a sub-problem, a point a λ. Throws `BAD_OPTION` where nothing was checked. */
export function gradientCheckSpecification(
  result: GradientCheckResult,
  options: FigureOptions = {},
): ChartSpecification {
  const { rows, tolerance } = result;
  const title = options.title ?? "Gradient check";
  requireValues(rows.length, "gradient", title);
  const cases = [...new Set(rows.map(nameOf))];
  const size = options.size ?? { width: WIDTH, height: cases.length * CASE_HEIGHT };
  const subtitle =
    options.subtitle ??
    `Largest absolute difference between the analytic gradient and centred differences of step ${scientific(result.step)}`;
  const description = `${title}. ${subtitle}`;
  const axes = axesOf(result, cases, size);
  return specification({
    ...frame({ title, subtitle, description, width: size.width + 120, legendOffset: 24 }),
    ...size,
    layer: [toleranceMark(tolerance, axes), differencePoints(rows, axes), failureTexts(rows, axes)],
  });
}

/** Differences along x, the sub-problems down y, and the λs of a sub-problem beside each other. */
function axesOf({ rows, tolerance }: GradientCheckResult, cases: string[], { width }: PanelSize) {
  const known = rows.map(({ maxAbsoluteDifference }) => maxAbsoluteDifference).filter(Number.isFinite);
  const shown = known.map((difference) => Math.max(LEAST, difference));
  const quantity = { ...describeQuantity("difference", {}), scale: "log" as const };
  const axis = valueAxis([...shown, tolerance, 3 * tolerance], quantity, Math.floor(width / 60));
  const lambdas = [...new Set(rows.map(lambdaOf))];
  const x = {
    type: "quantitative" as const,
    scale: scaleOf(axis),
    axis: { title: "Largest absolute difference (log scale)", ...tickMarks(axis), grid: true },
  };
  const y = {
    field: "name",
    type: "nominal" as const,
    scale: { domain: cases, padding: 0.5 },
    axis: { title: null, grid: false, labelLimit: 240, labelOverlap: false },
  };
  const yOffset = { field: "lambda", type: "nominal" as const, scale: { domain: lambdas, paddingOuter: 0.3 } };
  return { x, y, yOffset, lambdas, highest: axis.domain[1] };
}

/** Where the check fails is shaded. */
function toleranceMark(tolerance: number, { x, highest }: Axes): Layer {
  const at = { ...x, field: "tolerance" };
  return {
    data: { values: [{ tolerance, highest, text: `Tolerance ${scientific(tolerance)}` }] },
    layer: [
      {
        mark: { type: "rect", color: VERMILION, opacity: 0.08, tooltip: null },
        encoding: { x: at, x2: { field: "highest" } },
      },
      ...labelledRule(at, { color: VERMILION, strokeWidth: 1.5, strokeDash: [5, 2.5] }),
    ],
  };
}

function differencePoints(rows: readonly GradientCheckRow[], { x, y, yOffset, lambdas, highest }: Axes): Layer {
  const categories = lambdas.map((name, index) => ({
    name,
    colour: lineStyle(index + 1).colour,
    shape: SHAPES[index % SHAPES.length] ?? "circle",
  }));
  return {
    data: { values: rows.map((row) => pointOf(row, highest)) },
    mark: { type: "point", filled: true, size: 80, opacity: 1 },
    encoding: {
      x: { ...x, field: "shown" },
      y,
      yOffset,
      ...colourAndShape("lambda", categories),
      tooltip: [
        { field: "name", type: "nominal", title: "Case" },
        { field: "lambda", type: "nominal", title: "Regularisation" },
        { field: "parameters", type: "quantitative", title: "Parameters checked", format: ",d" },
        { field: "difference", type: "nominal", title: "Largest absolute difference" },
        { field: "relative", type: "nominal", title: "Largest relative error" },
        { field: "verdict", type: "nominal", title: "Verdict" },
      ],
    },
  };
}

function failureTexts(rows: readonly GradientCheckRow[], { x, y, yOffset, highest }: Axes): Layer {
  return {
    data: { values: rows.filter(({ passed }) => !passed).map((row) => pointOf(row, highest)) },
    mark: { type: "text", align: "right", dx: -9, fontSize: 11.5, fontWeight: 600, color: VERMILION },
    encoding: { x: { ...x, field: "shown" }, y, yOffset, text: { value: "fails" } },
  };
}

function lambdaOf({ lambda }: GradientCheckRow): string {
  return `λ = ${lambda}`;
}

function nameOf({ inputs, images }: GradientCheckRow): string {
  return `${inputs.toLocaleString("en-GB")} inputs, ${images} ${images === 1 ? "image" : "images"}`;
}

/** What is no number stands at the upper end, among what fails. */
function pointOf(row: GradientCheckRow, highest: number) {
  const { maxAbsoluteDifference: difference, maxRelativeError, parameters, passed } = row;
  return {
    name: nameOf(row),
    lambda: lambdaOf(row),
    parameters,
    shown: Number.isFinite(difference) ? Math.max(LEAST, difference) : highest,
    difference: Number.isFinite(difference) ? scientific(difference) : "no number",
    relative: Number.isFinite(maxRelativeError) ? scientific(maxRelativeError) : "no number",
    verdict: passed ? "passes" : "fails",
  };
}
