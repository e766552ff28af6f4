// The gradient check: the largest difference of each case beside the tolerance, on a log axis.

import type { GradientCheckRow } from "@trainscope/core";
import type { ChartSpecification } from "@trainscope/viz";
import {
  describeQuantity,
  type FigureOptions,
  frame,
  lineStyle,
  requireValues,
  scaleOf,
  scientific,
  specification,
  tickMarks,
  VERMILION,
  valueAxis,
} from "@trainscope/viz/parts";
import type { GradientCheckResult } from "../conduct/results.ts";

const WIDTH = 460;
const CASE_HEIGHT = 46;

/** What float64 can tell apart near 1: a difference of 0 stands here, as a log axis has no place for it. */
const LEAST = 2 ** -52;

const SHAPES = ["circle", "square", "diamond", "triangle-up", "triangle-down"];

/** A row a sub-problem, a point a λ. Throws `BAD_OPTION` where nothing was checked. */
export function gradientCheckSpecification(
  result: GradientCheckResult,
  options: FigureOptions = {},
): ChartSpecification {
  const { rows, tolerance } = result;
  const title = options.title ?? "Gradient check";
  requireValues(rows.length, "gradient", title);
  const cases = [...new Set(rows.map(nameOf))];
  const lambdas = [...new Set(rows.map(({ lambda }) => `λ = ${lambda}`))];
  const { width, height } = options.size ?? { width: WIDTH, height: cases.length * CASE_HEIGHT };
  const subtitle =
    options.subtitle ??
    `Largest absolute difference between the analytic gradient and centred differences of step ${scientific(result.step)}`;
  const known = rows.map(({ maxAbsoluteDifference }) => maxAbsoluteDifference).filter(Number.isFinite);
  const shown = known.map((difference) => Math.max(LEAST, difference));
  const quantity = { ...describeQuantity("difference", {}), scale: "log" as const };
  const axis = valueAxis([...shown, tolerance, 3 * tolerance], quantity, Math.floor(width / 60));
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
  const offset = { field: "lambda", type: "nominal" as const, scale: { domain: lambdas, paddingOuter: 0.3 } };
  const styled = { field: "lambda", type: "nominal" as const };
  const legend = { symbolSize: 110 };
  const [, highest] = axis.domain;
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: width + 120, legendOffset: 24 }),
    width,
    height,
    layer: [
      {
        data: { values: [{ tolerance, highest, text: `Tolerance ${scientific(tolerance)}` }] },
        layer: [
          {
            mark: { type: "rect", color: VERMILION, opacity: 0.08, tooltip: null },
            encoding: { x: { ...x, field: "tolerance" }, x2: { field: "highest" } },
          },
          {
            mark: { type: "rule", color: VERMILION, strokeWidth: 1.5, strokeDash: [5, 2.5], tooltip: null },
            encoding: { x: { ...x, field: "tolerance" } },
          },
          {
            mark: { type: "text", baseline: "bottom", fontSize: 11.5, color: VERMILION, tooltip: null },
            encoding: {
              x: { ...x, field: "tolerance" },
              y: { value: -3 },
              text: { field: "text", type: "nominal" },
            },
          },
        ],
      },
      {
        data: { values: rows.map((row) => pointOf(row, highest)) },
        mark: { type: "point", filled: true, size: 80, opacity: 1 },
        encoding: {
          x: { ...x, field: "shown" },
          y,
          yOffset: offset,
          color: {
            ...styled,
            scale: { domain: lambdas, range: lambdas.map((_, index) => lineStyle(index + 1).colour) },
            legend,
          },
          shape: {
            ...styled,
            scale: {
              domain: lambdas,
              range: lambdas.map((_, index) => SHAPES[index % SHAPES.length] ?? "circle"),
            },
            legend,
          },
          tooltip: [
            { field: "name", type: "nominal", title: "Case" },
            { field: "lambda", type: "nominal", title: "Regularisation" },
            { field: "parameters", type: "quantitative", title: "Parameters checked", format: ",d" },
            { field: "difference", type: "nominal", title: "Largest absolute difference" },
            { field: "relative", type: "nominal", title: "Largest relative error" },
            { field: "verdict", type: "nominal", title: "Verdict" },
          ],
        },
      },
      {
        data: { values: rows.filter(({ passed }) => !passed).map((row) => pointOf(row, highest)) },
        mark: { type: "text", align: "right", dx: -9, fontSize: 11.5, fontWeight: 600, color: VERMILION },
        encoding: { x: { ...x, field: "shown" }, y, yOffset: offset, text: { value: "fails" } },
      },
    ],
  });
}

function nameOf({ inputs, images }: GradientCheckRow): string {
  return `${inputs.toLocaleString("en-GB")} inputs, ${images} ${images === 1 ? "image" : "images"}`;
}

/** What is no number stands at the upper end, among what fails. */
function pointOf(row: GradientCheckRow, highest: number) {
  const { maxAbsoluteDifference: difference, maxRelativeError, parameters, passed } = row;
  return {
    name: nameOf(row),
    lambda: `λ = ${row.lambda}`,
    parameters,
    shown: Number.isFinite(difference) ? Math.max(LEAST, difference) : highest,
    difference: Number.isFinite(difference) ? scientific(difference) : "no number",
    relative: Number.isFinite(maxRelativeError) ? scientific(maxRelativeError) : "no number",
    verdict: passed ? "passes" : "fails",
  };
}
