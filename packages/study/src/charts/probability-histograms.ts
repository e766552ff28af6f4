// Histograms of the probability of the true class, of right and of wrong answers: a plot a model, at the same scale.
import type { ProbabilityHistogram } from "@trainscope/core/analysis";
import type { ChartSpecification } from "@trainscope/viz";
import type { Panel } from "@trainscope/viz/parts";
import {
  type Axis,
  BLUE,
  type FigureOptions,
  frame,
  histogramPanel,
  type PanelSize,
  plainQuantity,
  requireValues,
  specification,
  VERMILION,
  valueAxis,
} from "@trainscope/viz/parts";

const SIZE: PanelSize = { width: 320, height: 240 };

const PROBABILITY: Axis = {
  scale: "linear",
  domain: [0, 1],
  ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
  labels: ".1f",
};

const ANSWERS = [
  { key: "right", name: "Right answers", style: { colour: BLUE, dash: [1, 0] } },
  { key: "wrong", name: "Wrong answers", style: { colour: VERMILION, dash: [5, 2.5] } },
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
  const quantity = plainQuantity({ title: "Images", scale: "linear" });
  const axis = valueAxis([0, ...counts], quantity, Math.floor(size.height / 45));
  const subtitle = options.subtitle ?? "Test images by the probability that the model gives to the true class";
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: histograms.length * size.width }),
    hconcat: histograms.map((histogram, index) => panelOf(histogram, axis, size, `bin${index}`)),
    spacing: 28,
    resolve: { legend: { color: "shared", strokeDash: "shared" } },
  });
}

function panelOf(histogram: ProbabilityHistogram, yAxis: Axis, size: PanelSize, id: string): Panel {
  const bins = histogram.right.length;
  return histogramPanel({
    edges: Array.from({ length: bins + 1 }, (_, bin) => bin / bins),
    series: ANSWERS.map(({ key, name, style }) => ({ name, style, counts: histogram[key] })),
    xTitle: "Probability of the true class",
    yTitle: "Images",
    title: histogram.title,
    xAxis: PROBABILITY,
    yAxis,
    size,
    id,
  });
}
