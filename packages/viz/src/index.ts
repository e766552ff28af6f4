export { type BarSeries, type BarsOptions, barsSpecification } from "./charts/bars.ts";
export { classAccuracySpecification } from "./charts/class-accuracy.ts";
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
export { gainsSpecification } from "./charts/gains.ts";
export { gradientCheckSpecification } from "./charts/gradient-check.ts";
export { type HeatMapOptions, heatMapSpecification } from "./charts/heat-map.ts";
export { type HistogramOptions, histogramSpecification } from "./charts/histogram.ts";
export { type LineSeries, type LinesOptions, linesSpecification } from "./charts/lines.ts";
export { type MetricCurvesOptions, metricCurvesSpecification } from "./charts/metric-curves.ts";
export { type MontageOptions, montageSpecification } from "./charts/montage.ts";
export { probabilityHistogramSpecification } from "./charts/probability-histograms.ts";
export { type PngOptions, renderChart, type SvgOptions } from "./charts/render.ts";
export { schedulesSpecification } from "./charts/schedules.ts";
export { searchSpecification } from "./charts/search.ts";
export {
  type SettingCurvesOptions,
  type SettingFigureOptions,
  settingCurvesSpecification,
  settingFigureSpecification,
} from "./charts/setting-curves.ts";
export {
  type SettingDomains,
  type SettingQuantity,
  type SharedDomain,
  settingDomains,
  sharedDomain,
} from "./charts/setting-domains.ts";
export {
  type SettingsComparisonOptions,
  settingsComparisonSpecification,
} from "./charts/settings-comparison.ts";
export type { ChartSpecification } from "./charts/specification.ts";
export { curvesExporter } from "./exporters/curves.ts";
export { defaultExporters } from "./exporters/defaults.ts";
export { resultsExporter } from "./exporters/results.ts";
export { weightsExporter } from "./exporters/weights.ts";
export { type ContactSheetOptions, renderContactSheet } from "./pictures/contact-sheet.ts";
export { type MistakesOptions, renderMistakes } from "./pictures/mistakes.ts";
export { imagePixels, type Pixels, templatePixels } from "./pictures/template.ts";
export { encodeTemplateStrip, templateStrip } from "./pictures/template-strip.ts";
export {
  renderWeightMontage,
  type WeightMontageOptions,
} from "./pictures/weight-montage.ts";
export { pngProblem } from "./png-problem.ts";
export { type BrowserEnvironment, findBrowser } from "./report/find-browser.ts";
export type { ReportFile, ReportOptions } from "./report/options.ts";
export { type PrintOptions, printPdf } from "./report/print-pdf.ts";
export { createReport, type Report } from "./report/report.ts";
export { DARK_COLOURS } from "./theme.ts";
