// What all pictures share: type, colours and the look of axes. Nothing here draws.
import type { Split } from "@trainscope/core";
import type { Config } from "vega-lite";

export const FONT_FAMILY = "Source Sans 3";

/** For SVG, whose reader may not have the font, and for characters that it lacks. */
export const FONT_STACK = `"${FONT_FAMILY}", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif`;

export const INK = "#1a1a1a";
export const SUBDUED = "#5c5c5c";
const HAIRLINE = "#e4e4e4";
const AXIS = "#8c8c8c";

export interface SplitStyle {
  readonly label: string;
  readonly colour: string;
  /** Lengths of dash and gap in pixels. */
  readonly dash: readonly number[];
}

/** Blue, vermilion and bluish green of Okabe & Ito 2008: told apart by any eye, and by dash in black and white. */
export const SPLIT_STYLES: Readonly<Record<Split, SplitStyle>> = {
  train: { label: "Train", colour: "#0072B2", dash: [1, 0] },
  validation: { label: "Validation", colour: "#D55E00", dash: [5, 2.5] },
  test: { label: "Test", colour: "#009E73", dash: [1.5, 2] },
};

/** Vega-Lite's configuration for every chart. Sizes in CSS pixels. */
export const CHART_CONFIG: Config = {
  background: "white",
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
  axisX: { grid: false, labelFlush: false },
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
    title: null,
  },
};
