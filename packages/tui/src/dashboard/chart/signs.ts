// The characters of a plot that are no dots, with and without Unicode.

export interface PlotSigns {
  /** vertical, vertical with tick, corner, horizontal, horizontal with tick */
  readonly axis: readonly [string, string, string, string, string];
  /** A line to compare with. */
  readonly dotted: string;
  readonly crosshair: string;
  /** Where the crosshair meets a curve. */
  readonly crossing: string;
  readonly best: string;
  /** Below an epoch without a value. */
  readonly gap: string;
}

const UNICODE: PlotSigns = {
  axis: ["│", "┤", "╰", "─", "┬"],
  dotted: "┄",
  crosshair: "┊",
  crossing: "●",
  best: "★",
  gap: "×",
};

const ASCII: PlotSigns = {
  axis: ["|", "+", "+", "-", "+"],
  dotted: "-",
  crosshair: ":",
  crossing: "@",
  // A curve is made of "*" there.
  best: "#",
  gap: "x",
};

/** The characters that plots are drawn of. */
export function plotSigns(ascii: boolean): PlotSigns {
  return ascii ? ASCII : UNICODE;
}
