// What each improvement gains on validation over the baseline, the greatest first, with its uncertainty.

import type { PairedGain } from "@trainscope/core/analysis";
import type { ChartSpecification, PanelSize } from "@trainscope/viz";
import {
  type Axis,
  BLUE,
  describeQuantity,
  type FigureOptions,
  fixed,
  frame,
  INK,
  type Layer,
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
import { CLEAR, type Comparison, judge } from "../judge.ts";
import type { EnsembleResult, VariantGroup, VariantResult } from "../stages/results.ts";
import { colourAndShape } from "./colour-and-shape.ts";

const WIDTH = 380;
/** CSS pixels from the plot to the columns of numbers and of groups. */
const GAP = 16;
const FONT_SIZE = 12;
/** Beside a narrower plot, as on a phone, groups aren't written. */
const LEAST_WITH_GROUPS = 250;

const SUBTITLE =
  "Validation accuracy less the baseline's, on the same images, with ± two standard errors: of images and of seeds";

const VERDICTS = {
  higher: { name: "Better", colour: BLUE, shape: "triangle-right" },
  "no clear difference": { name: "No clear difference", colour: SUBDUED, shape: "circle" },
  lower: { name: "Worse", colour: VERMILION, shape: "triangle-left" },
} as const satisfies Record<Comparison, unknown>;

interface Row {
  readonly title: string;
  readonly group: VariantGroup;
  readonly change: string;
  /** Percentage points. */
  readonly gain: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
  readonly verdict: (typeof VERDICTS)[Comparison]["name"];
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
  const { title = "What each change gains on validation", subtitle = SUBTITLE } = options;
  requireValues(rows.length, "gain", title);
  const size = options.size ?? { width: WIDTH, height: rows.length * rowHeight(rows.length) };
  const { width } = size;
  /** CSS pixels that the column of numbers takes. */
  const numbers = Math.max(...rows.map(({ text }) => textWidth(text, FONT_SIZE)));
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: width + numbers }),
    ...size,
    data: { values: rows },
    encoding: {
      y: {
        field: "title",
        type: "nominal",
        scale: { domain: rows.map((row) => row.title), padding: 0.5 },
        axis: { title: null, grid: false, labelLimit: 220, labelOverlap: false },
      },
    },
    layer: [
      ...gainMarks(rows, size),
      textColumn("text", "right", INK, width + GAP + numbers),
      ...(width < LEAST_WITH_GROUPS ? [] : [textColumn("group", "left", SUBDUED, width + 2 * GAP + numbers)]),
    ],
  });
}

/** The line at zero, the bars of two standard errors and the gains themselves. */
function gainMarks(rows: readonly Row[], { width, height }: PanelSize): Layer[] {
  const quantity = { ...describeQuantity("gain", {}), scale: "linear" as const };
  const ends = rows.flatMap(({ low, high }) => [low, high]);
  const axis = valueAxis([0, ...ends], quantity, Math.floor(width / 60));
  const x = {
    type: "quantitative" as const,
    scale: scaleOf(axis),
    axis: { title: "Gain (percentage points)", ...signedMarks(axis), grid: true },
  };
  const verdict = colourAndShape("verdict", Object.values(VERDICTS));
  return [
    {
      data: { values: [{}] },
      mark: { type: "rule", color: INK, strokeWidth: 1.25, tooltip: null },
      encoding: { x: { ...x, datum: 0 }, y: { value: 0 }, y2: { value: height } },
    },
    {
      mark: { type: "rule", strokeWidth: 1.75, tooltip: null },
      encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, color: verdict.color },
    },
    {
      mark: { type: "point", filled: true, size: 90, opacity: 1 },
      encoding: {
        x: { ...x, field: "gain" },
        ...verdict,
        tooltip: [
          { field: "title", type: "nominal", title: "Change" },
          { field: "change", type: "nominal", title: "What it is" },
          { field: "group", type: "nominal", title: "Group" },
          { field: "text", type: "nominal", title: "Gain ± 2 standard errors (points)" },
          { field: "images", type: "quantitative", title: "Validation images", format: ",d" },
        ],
      },
    },
  ];
}

/** A column of text beside the plot, `x` CSS pixels from its left edge. */
function textColumn(field: keyof Row, align: "left" | "right", color: string, x: number): Layer {
  return {
    mark: { type: "text", fontSize: FONT_SIZE, tooltip: null, align, color },
    encoding: { x: { value: x }, text: { field, type: "nominal" } },
  };
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
    verdict: VERDICTS[judge(gain.difference, gain.standardError)].name,
    images: gain.images,
  };
}

/** Ticks with their sign, but for zero. */
function signedMarks({ ticks, labels }: Axis) {
  const format = typeof labels === "string" ? labels.replace(",", "+,") : "+~r";
  return { values: [...ticks], labelExpr: `datum.value === 0 ? "0" : format(datum.value, "${format}")` };
}
