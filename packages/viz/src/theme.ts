// What all pictures share: type, colours and the look of axes. Nothing here draws.
import type { Split } from "@trainscope/core";
import type { Config } from "vega-lite";

/** Of all texts in charts; the font comes with the package. */
export const FONT_FAMILY = "Source Sans 3";

/** For SVG, whose reader may not have the font, and for characters that it lacks. */
export const FONT_STACK = `"${FONT_FAMILY}", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif`;

/** The ground of every picture. */
export const PAPER = "#ffffff";
/** Texts and frames. */
export const INK = "#1a1a1a";
/** Texts that say less. */
export const SUBDUED = "#5c5c5c";
export const HAIRLINE = "#e4e4e4";
const AXIS = "#8c8c8c";

/** Okabe & Ito 2008; their reddish purple is darkened here, as text in it stands on white. */
export const BLUE = "#0072B2";
/** Of Okabe & Ito 2008. */
export const VERMILION = "#D55E00";
const GREEN = "#009E73";
const PURPLE = "#AD5C8E";
/** Okabe & Ito's orange, darkened: text in it stands on white. */
export const ORANGE = "#B57D00";
const SKY = "#2E8FC7";

/** Colour and dash of a line, so that lines differ without colour, too. */
export interface LineStyle {
  readonly colour: string;
  /** Lengths of dash and gap in pixels. */
  readonly dash: readonly number[];
}

export interface SplitStyle extends LineStyle {
  readonly label: string;
}

/** Told apart by any eye, and by dash in black and white. */
export const SPLIT_STYLES: Readonly<Record<Split, SplitStyle>> = {
  train: { label: "Train", colour: BLUE, dash: [1, 0] },
  validation: { label: "Validation", colour: VERMILION, dash: [5, 2.5] },
  test: { label: "Test", colour: GREEN, dash: [1.5, 2] },
};

/** Of lines that are no splits, in their order: runs that are compared. */
export const LINE_STYLES: readonly LineStyle[] = [
  { colour: VERMILION, dash: [5, 2.5] },
  { colour: BLUE, dash: [1, 0] },
  { colour: GREEN, dash: [1.5, 2] },
  { colour: PURPLE, dash: [8, 2.5, 1.5, 2.5] },
  { colour: INK, dash: [12, 3] },
  { colour: ORANGE, dash: [3, 1.5] },
  { colour: SKY, dash: [5, 2, 1, 2, 1, 2] },
];

/** The line of `index`; after the last style comes the first again. */
export function lineStyle(index: number): LineStyle {
  return LINE_STYLES[index % LINE_STYLES.length] as LineStyle;
}

/**
 * Of a heat map, from its least value to its greatest: equal steps of CIELAB lightness, so that equal differences
 * look equal to any eye, from near the page's colour to far from it.
 */
export const HEAT_COLOURS: readonly string[] = [
  "#e1f8f6",
  "#b3e1e3",
  "#82c9d5",
  "#4ab1cc",
  "#0697bf",
  "#047ca8",
  "#056191",
  "#03487b",
  "#002f66",
];

/** Text on the two ends of `HEAT_COLOURS`. */
export const ON_LOW_HEAT = "#0a0a0b";
export const ON_HIGH_HEAT = "#fffffe";

/** Text on a heat map's colour, where the lightness of both ramps, of light and dark pages, crosses the middle. */
export function onHeat(part: number): string {
  return part < 0.6 ? ON_LOW_HEAT : ON_HIGH_HEAT;
}

/** Vega-Lite's configuration for every chart. Sizes in CSS pixels. */
export const CHART_CONFIG = {
  background: PAPER,
  // Wide at the right: an SVG reader without the font sets the labels there wider than they were measured.
  padding: { left: 14, right: 24, top: 14, bottom: 12 },
  font: FONT_STACK,
  view: { stroke: null },
  title: {
    anchor: "start",
    frame: "bounds",
    color: INK,
    fontSize: 16,
    fontWeight: 600,
    subtitleColor: SUBDUED,
    subtitleFontSize: 12,
    subtitlePadding: 5,
    offset: 10,
  },
  axis: {
    labelColor: INK,
    labelFontSize: 12,
    labelPadding: 5,
    titleColor: INK,
    titleFontSize: 13,
    titleFontWeight: 400,
    titlePadding: 10,
    tickColor: AXIS,
    tickSize: 4,
    domainColor: AXIS,
  },
  axisX: { grid: false, gridColor: HAIRLINE, labelFlush: false },
  // The extent holds labels of up to four digits, so that charts with different labels line up in a document.
  axisY: {
    grid: true,
    gridColor: HAIRLINE,
    ticks: false,
    domain: false,
    labelPadding: 8,
    minExtent: 32,
    titlePadding: 5,
  },
  legend: {
    orient: "top",
    direction: "horizontal",
    labelColor: INK,
    labelFontSize: 12.5,
    labelOffset: 6,
    columnPadding: 22,
    offset: 8,
    symbolSize: 520,
    symbolStrokeWidth: 2,
    gradientStrokeColor: HAIRLINE,
    title: null,
  },
} satisfies Config;

const DARK_HEAT_COLOURS = [
  "#2b3041",
  "#2e3f5b",
  "#265076",
  "#026290",
  "#00749f",
  "#0a86ad",
  "#0498bb",
  "#0dabc8",
  "#0dbfd5",
];

/** Each colour of the specifications, as it stands in them, to its counterpart on a dark page (`#15171a`). */
export const DARK_COLOURS: Readonly<Record<string, string>> = {
  [PAPER]: "#15171a",
  [INK]: "#e8e8e8",
  [SUBDUED]: "#a8adb3",
  [HAIRLINE]: "#2f3338",
  [AXIS]: "#7c8288",
  [BLUE]: "#56B4E9",
  [VERMILION]: "#F0803C",
  [GREEN]: "#2DBE92",
  [PURPLE]: "#DB9BC0",
  [ORANGE]: "#E69F00",
  [SKY]: "#9AD0F0",
  [ON_LOW_HEAT]: "#fefeff",
  [ON_HIGH_HEAT]: "#0b0a0a",
  ...Object.fromEntries(HEAT_COLOURS.map((colour, index) => [colour, DARK_HEAT_COLOURS[index] ?? colour])),
};
