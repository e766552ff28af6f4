// The charts of a report, as Vega-Lite specifications.
export { classAccuracySpecification } from "./charts/class-accuracy.ts";
export { gainsSpecification } from "./charts/gains.ts";
export { gradientCheckSpecification } from "./charts/gradient-check.ts";
export { modelConfusionSpecification } from "./charts/model-confusion.ts";
export { probabilityHistogramSpecification } from "./charts/probability-histograms.ts";
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
