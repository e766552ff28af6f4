// Charts as Vega-Lite specifications, plain data: without Vega, node-canvas and Node, for pages with vega-embed too.
export { type BarSeries, type BarsOptions, barsSpecification } from "./charts/bars.ts";
export type { CompareOptions } from "./charts/compare-encoding.ts";
export { compareSpecification } from "./charts/compare-runs.ts";
export type { ComparedCurve } from "./charts/compared-curve.ts";
export { type ConfusionOptions, confusionSpecification } from "./charts/confusion.ts";
export {
  type CombinedCurvesOptions,
  type CurvesOptions,
  combinedCurvesSpecification,
  curvesSpecification,
} from "./charts/curves.ts";
export type { FigureOptions, PanelSize } from "./charts/figure.ts";
export { type HeatMapOptions, heatMapSpecification } from "./charts/heat-map.ts";
export { type HistogramOptions, histogramSpecification } from "./charts/histogram.ts";
export { type LineSeries, type LinesOptions, linesSpecification } from "./charts/lines.ts";
export { type MetricCurvesOptions, metricCurvesSpecification } from "./charts/metric-curves.ts";
export { type MontageOptions, montageSpecification } from "./charts/montage.ts";
export type { ChartSpecification } from "./charts/specification.ts";
export { DARK_COLOURS } from "./theme.ts";
