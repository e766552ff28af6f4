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
export { type PngOptions, renderChart, type SvgOptions } from "./charts/render.ts";
export type { ChartSpecification } from "./charts/specification.ts";
export { curvesExporter } from "./exporters/curves.ts";
export { defaultExporters } from "./exporters/defaults.ts";
export { resultsExporter } from "./exporters/results.ts";
export { weightsExporter } from "./exporters/weights.ts";
export { type ContactSheetOptions, renderContactSheet } from "./pictures/contact-sheet.ts";
export { type MistakesOptions, renderMistakes } from "./pictures/mistakes.ts";
export { renderTemplateAnimation, type TemplateAnimationOptions } from "./pictures/template-animation.ts";
export { encodeTemplateStrip, templateStrip } from "./pictures/template-strip.ts";
export {
  renderWeightMontage,
  type WeightMontageOptions,
} from "./pictures/weight-montage.ts";
export { pngProblem } from "./png-problem.ts";
export { DARK_COLOURS } from "./theme.ts";
