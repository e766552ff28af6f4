export {
  type CombinedCurvesOptions,
  type CurvesOptions,
  combinedCurvesSpecification,
  curvesSpecification,
} from "./charts/curves.ts";
export { type PngOptions, renderChart, type SvgOptions } from "./charts/render.ts";
export { curvesExporter } from "./exporters/curves.ts";
export { defaultExporters } from "./exporters/defaults.ts";
export { weightsExporter } from "./exporters/weights.ts";
export { type ContactSheetOptions, drawContactSheet, renderContactSheet } from "./pictures/contact-sheet.ts";
export {
  drawWeightMontage,
  renderWeightMontage,
  type WeightMontageOptions,
} from "./pictures/weight-montage.ts";
