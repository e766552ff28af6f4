// Values and events in words, and what fits in columns.

export { describeEvent, placeText, type Said, type Severity } from "./describe-event.ts";
export {
  formatClock,
  formatCount,
  formatDuration,
  formatFraction,
  formatNumber,
  formatSetting,
  formatX,
  percent,
} from "./format.ts";
export { type Formats, formatMetric, NO_FORMATS } from "./format-metric.ts";
export { tableLines, tableWidth } from "./table.ts";
export { displayWidth, truncate } from "./width.ts";
