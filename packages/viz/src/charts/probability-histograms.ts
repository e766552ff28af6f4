// Histograms of the probability of the true class, of right and of wrong answers: a plot a model, at the same scale.
import type { ProbabilityHistogram } from "@trainscope/core";
import { BLUE, INK, SUBDUED, VERMILION } from "../theme.ts";
import { type Axis, valueAxis } from "./axis.ts";
import { scaleOf, tickMarks } from "./axis-encoding.ts";
import { type FigureOptions, frame, type PanelSize } from "./figure.ts";
import type { Panel } from "./layer.ts";
import { describeQuantity } from "./quantity.ts";
import type { ChartSpecification } from "./specification.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

const SIZE: PanelSize = { width: 320, height: 240 };

const ANSWERS = [
  { key: "right", label: "Right answers", colour: BLUE, dash: [1, 0] },
  { key: "wrong", label: "Wrong answers", colour: VERMILION, dash: [5, 2.5] },
] as const;

/** Throws `BAD_OPTION` where there is no histogram. */
export function probabilityHistogramSpecification(
  histograms: readonly ProbabilityHistogram[],
  options: FigureOptions = {},
): ChartSpecification {
  const { size = SIZE } = options;
  const title = options.title ?? "How sure of the true class";
  requireValues(histograms.length, "histograms", title);
  const counts = histograms.flatMap(({ right, wrong }) => [...right, ...wrong]);
  const axis = valueAxis(
    [0, ...counts],
    { ...describeQuantity("images", {}), scale: "linear" },
    Math.floor(size.height / 45),
  );
  const subtitle = options.subtitle ?? "Test images by the probability that the model gives to the true class";
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: histograms.length * size.width }),
    hconcat: histograms.map((histogram, index) => panelOf(histogram, axis, size, `bin${index}`)),
    spacing: 28,
    resolve: { legend: { color: "shared", strokeDash: "shared" } },
  });
}

function panelOf(histogram: ProbabilityHistogram, yAxis: Axis, size: PanelSize, id: string): Panel {
  const domain = ANSWERS.map(({ label }) => label);
  const legend = { symbolType: "stroke" as const, values: [...domain] };
  const x = {
    type: "quantitative" as const,
    scale: { domain: [0, 1], nice: false, zero: false },
    axis: { title: "Probability of the true class", values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: ".1f" },
  };
  const y = {
    field: "images",
    type: "quantitative" as const,
    scale: scaleOf(yAxis),
    axis: { title: "Images", ...tickMarks(yAxis) },
  };
  return {
    ...size,
    title: {
      text: histogram.title,
      anchor: "start",
      fontSize: 13,
      fontWeight: 600,
      color: INK,
      offset: 8,
      frame: "group",
    },
    layer: [
      ...ANSWERS.map(({ key, colour }) => ({
        data: { values: outlineOf(histogram[key]) },
        mark: {
          type: "area" as const,
          interpolate: "step-after" as const,
          color: colour,
          opacity: 0.2,
          tooltip: null,
        },
        encoding: { x: { ...x, field: "from" }, y },
      })),
      {
        data: {
          values: ANSWERS.flatMap(({ key, label }) =>
            outlineOf(histogram[key]).map((point) => ({ ...point, answers: label })),
          ),
        },
        mark: { type: "line", interpolate: "step-after", strokeWidth: 2, tooltip: null },
        encoding: {
          x: { ...x, field: "from" },
          y,
          color: {
            field: "answers",
            type: "nominal",
            scale: { domain, range: ANSWERS.map(({ colour }) => colour) },
            legend,
          },
          strokeDash: {
            field: "answers",
            type: "nominal",
            scale: { domain, range: ANSWERS.map(({ dash }) => [...dash]) },
            legend,
          },
        },
      },
      {
        data: { values: binsOf(histogram) },
        params: [{ name: `pointed_${id}`, select: { type: "point", on: "pointerover", clear: "pointerout" } }],
        mark: { type: "rect", color: SUBDUED, aria: false },
        encoding: {
          x: { ...x, field: "from" },
          x2: { field: "to" },
          opacity: { condition: { param: `pointed_${id}`, empty: false, value: 0.14 }, value: 0 },
          tooltip: [
            { field: "range", type: "nominal", title: "Probability" },
            { field: "right", type: "quantitative", title: "Right answers (images)", format: ",d" },
            { field: "wrong", type: "quantitative", title: "Wrong answers (images)", format: ",d" },
          ],
        },
      },
    ],
  } as Panel;
}

/** Corners of the steps: each bin's start, and the end of the last. */
function outlineOf(counts: readonly number[]) {
  const bins = counts.map((images, bin) => ({ from: bin / counts.length, images }));
  return [...bins, { from: 1, images: counts.at(-1) ?? 0 }];
}

function binsOf({ right, wrong }: ProbabilityHistogram) {
  const bins = right.length;
  return right.map((images, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    range: `${Number((bin / bins).toFixed(3))} to ${Number(((bin + 1) / bins).toFixed(3))}`,
    right: images,
    wrong: wrong[bin] ?? 0,
  }));
}
