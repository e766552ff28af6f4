// What each improvement gains on validation over the baseline, the greatest first, with its uncertainty.

import type { PairedGain } from "@trainscope/core/analysis";
import type { ChartSpecification } from "@trainscope/viz";
import {
  type Axis,
  BLUE,
  describeQuantity,
  type FigureOptions,
  fixed,
  frame,
  INK,
  requireValues,
  rowHeight,
  SUBDUED,
  scaleOf,
  signedPoints,
  specification,
  textWidth,
  VERMILION,
  valueAxis,
} from "@trainscope/viz/parts";
import type { EnsembleResult, VariantGroup, VariantResult } from "../conduct/results.ts";
import { CLEAR, type Comparison, judge } from "../judge.ts";

const WIDTH = 380;
/** CSS pixels from the plot to the columns of numbers and of groups. */
const GAP = 16;
const FONT_SIZE = 12;
/** Beside a narrower plot, as on a phone, groups aren't written. */
const LEAST_WITH_GROUPS = 250;

const VERDICTS = ["Better", "No clear difference", "Worse"] as const;

const VERDICT_OF: Readonly<Record<Comparison, (typeof VERDICTS)[number]>> = {
  higher: "Better",
  lower: "Worse",
  "no clear difference": "No clear difference",
};

interface Row {
  readonly title: string;
  readonly group: VariantGroup;
  readonly change: string;
  /** Percentage points. */
  readonly gain: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
  readonly verdict: (typeof VERDICTS)[number];
  readonly images: number;
}

/**
 * Points with bars of two standard errors each way beside a line at zero; a bar that reaches across it shows no clear
 * difference. Variants without a gain, as the baseline and those that diverged, are left out. Throws `BAD_OPTION` where none is left.
 */
export function gainsSpecification(
  variants: readonly VariantResult[],
  ensemble?: EnsembleResult | null | undefined,
  options: FigureOptions = {},
): ChartSpecification {
  const rows = gainRows(variants, ensemble);
  const title = options.title ?? "What each change gains on validation";
  requireValues(rows.length, "gain", title);
  const { width, height } = options.size ?? { width: WIDTH, height: rows.length * rowHeight(rows.length) };
  const subtitle =
    options.subtitle ??
    "Validation accuracy less the baseline's, on the same images, with ± two standard errors: of images and of seeds";
  const quantity = { ...describeQuantity("gain", {}), scale: "linear" as const };
  const axis = valueAxis(
    [0, ...rows.flatMap(({ low, high }) => [low, high])],
    quantity,
    Math.floor(width / 60),
  );
  const x = {
    type: "quantitative" as const,
    scale: scaleOf(axis),
    axis: { title: "Gain (percentage points)", ...signedMarks(axis), grid: true },
  };
  const y = {
    field: "title",
    type: "nominal" as const,
    scale: { domain: rows.map((row) => row.title), padding: 0.5 },
    axis: { title: null, grid: false, labelLimit: 220, labelOverlap: false },
  };
  const verdict = { field: "verdict", type: "nominal" as const };
  const legend = { symbolSize: 110 };
  const colours = [BLUE, SUBDUED, VERMILION];
  const numbers = Math.max(...rows.map(({ text }) => textWidth(text, FONT_SIZE)));
  const column = { type: "text" as const, fontSize: FONT_SIZE, tooltip: null };
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: width + numbers }),
    width,
    height,
    data: { values: rows },
    encoding: { y },
    layer: [
      {
        data: { values: [{}] },
        mark: { type: "rule", color: INK, strokeWidth: 1.25, tooltip: null },
        encoding: { x: { ...x, datum: 0 }, y: { value: 0 }, y2: { value: height } },
      },
      {
        mark: { type: "rule", strokeWidth: 1.75, tooltip: null },
        encoding: {
          x: { ...x, field: "low" },
          x2: { field: "high" },
          color: { ...verdict, scale: { domain: [...VERDICTS], range: colours }, legend },
        },
      },
      {
        mark: { type: "point", filled: true, size: 90, opacity: 1 },
        encoding: {
          x: { ...x, field: "gain" },
          color: { ...verdict, scale: { domain: [...VERDICTS], range: colours }, legend },
          shape: {
            ...verdict,
            scale: { domain: [...VERDICTS], range: ["triangle-right", "circle", "triangle-left"] },
            legend,
          },
          tooltip: [
            { field: "title", type: "nominal", title: "Change" },
            { field: "change", type: "nominal", title: "What it is" },
            { field: "group", type: "nominal", title: "Group" },
            { field: "text", type: "nominal", title: "Gain ± 2 standard errors (points)" },
            { field: "images", type: "quantitative", title: "Validation images", format: ",d" },
          ],
        },
      },
      {
        mark: { ...column, align: "right", color: INK },
        encoding: { x: { value: width + GAP + numbers }, text: { field: "text", type: "nominal" } },
      },
      ...(width < LEAST_WITH_GROUPS
        ? []
        : [
            {
              mark: { ...column, align: "left" as const, color: SUBDUED },
              encoding: {
                x: { value: width + 2 * GAP + numbers },
                text: { field: "group", type: "nominal" as const },
              },
            },
          ]),
    ],
  });
}

/** The greatest gain first. */
export function gainRows(
  variants: readonly VariantResult[],
  ensemble?: EnsembleResult | null | undefined,
): Row[] {
  const voted = ensemble && {
    title: `Majority vote of ${ensemble.members.length}`,
    group: "ensemble" as const,
    change: ensemble.members.join(", "),
    gain: ensemble.gain,
  };
  return [...variants, ...(voted ? [voted] : [])]
    .flatMap(({ title, group, change, gain }) =>
      gain === null || group === "baseline" || !Number.isFinite(gain.difference)
        ? []
        : [rowOf({ title, group, change, gain })],
    )
    .sort((a, b) => b.gain - a.gain);
}

function rowOf({
  title,
  group,
  change,
  gain,
}: Pick<Row, "title" | "group" | "change"> & { gain: PairedGain }): Row {
  const [shown, bar] = [100 * gain.difference, 100 * CLEAR * gain.standardError];
  return {
    title,
    group,
    change,
    gain: shown,
    low: shown - bar,
    high: shown + bar,
    text: `${signedPoints(gain.difference, 2)} ± ${fixed(bar, 2)}`,
    verdict: VERDICT_OF[judge(gain.difference, gain.standardError)],
    images: gain.images,
  };
}

/** Ticks with their sign, but for zero. */
function signedMarks({ ticks, labels }: Axis) {
  const format = typeof labels === "string" ? labels.replace(",", "+,") : "+~r";
  return { values: [...ticks], labelExpr: `datum.value === 0 ? "0" : format(datum.value, "${format}")` };
}
