// What a screen of one's own is made of, without React: rows of cells, panels, charts, and the looks that fit the terminal.

export { extentOf } from "./dashboard/chart/extent.ts";
export { plot } from "./dashboard/chart/plot.ts";
export type { PlotPoint, PlotSeries } from "./dashboard/chart/plot-options.ts";
export { plotSigns } from "./dashboard/chart/signs.ts";
export { sparkline } from "./dashboard/chart/sparkline.ts";
export { logTicks, niceTicks } from "./dashboard/chart/ticks.ts";
export { isNumber } from "./dashboard/chart/values.ts";
export { connectFrames, type FrameOptions, type Frames } from "./dashboard/model/frames.ts";
export { appendLine, type LogLine } from "./dashboard/model/log.ts";
export { hasShades, heatStyle } from "./dashboard/panels/answer-colors.ts";
export { barRuns } from "./dashboard/panels/bar.ts";
export { innerSize, panelRows } from "./dashboard/panels/frame.ts";
export type { Help } from "./dashboard/panels/help.ts";
export { type Keys, keyRow, noticeRow } from "./dashboard/panels/key-row.ts";
export { logRows } from "./dashboard/panels/log.ts";
export type { Heading, PanelSpec } from "./dashboard/panels/panel-spec.ts";
export { resultRows } from "./dashboard/panels/result-rows.ts";
export { tooSmallRows } from "./dashboard/panels/small.ts";
export { indented, LEAST_COLUMNS, LEAST_ROWS, type Rect } from "./dashboard/text/layout.ts";
export {
  alignLeft,
  alignRight,
  type Color,
  centred,
  plainText,
  type Row,
  type Run,
  rowWidth,
  run,
  type Style,
  spread,
} from "./dashboard/text/rows.ts";
export { COLORS, createTheme, type Theme, validationLine } from "./dashboard/text/theme.ts";
export { wrap } from "./dashboard/text/wrap.ts";
export type { Key } from "./dashboard/view/keys.ts";
