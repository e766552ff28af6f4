// What a chart or a picture of one's own is made of, as those of this package are.

export { describeSettings, joinCaption } from "./caption.ts";
export { type Axis, axisOver, valueAxis } from "./charts/axis.ts";
export { scaleOf, tickMarks } from "./charts/axis-encoding.ts";
export { besideEachOther } from "./charts/beside.ts";
export { type FigureOptions, frame, type PanelSize } from "./charts/figure.ts";
export { heatColour, heatTexts } from "./charts/heat.ts";
export { histogramPanel } from "./charts/histogram-panel.ts";
export type { Layer, Panel, PositionEncoding } from "./charts/layer.ts";
export { fixed, isExtreme, scientific, signedPoints } from "./charts/numbers.ts";
export { linesPanel } from "./charts/panel.ts";
export { extentsOf, type Series, seriesFrom, seriesOf } from "./charts/points.ts";
export { describeQuantity, plainQuantity, type Quantity } from "./charts/quantity.ts";
export { resultSpecification } from "./charts/result-chart.ts";
export { rowHeight } from "./charts/rows.ts";
export { textWidth } from "./charts/text-width.ts";
export { requireValues } from "./charts/values.ts";
export { loadVega } from "./charts/vega.ts";
export { asVegaLite, specification } from "./charts/vega-lite-checked.ts";
export { fontFiles } from "./font.ts";
export { enlargePixels } from "./pictures/enlarge-pixels.ts";
export { matrixPixels } from "./pictures/matrix-pixels.ts";
export { layOutMistakes } from "./pictures/mistakes.ts";
export { encodePixels, pixelsUrl } from "./pictures/pixels-png.ts";
export { encodePngInBackground, PNG_SCALE } from "./pictures/png.ts";
export { type Drawn, renderSceneTwice } from "./pictures/render-scene.ts";
export type { Scene } from "./pictures/scene.ts";
export { layOutWeightMontage } from "./pictures/weight-montage.ts";
export {
  BLUE,
  DARK_COLOURS,
  FONT_FAMILY,
  FONT_STACK,
  INK,
  type LineStyle,
  lineStyle,
  ORANGE,
  PAPER,
  SPLIT_STYLES,
  SUBDUED,
  VERMILION,
} from "./theme.ts";
