// How a person has chosen that charts are drawn.

/** Some epochs of a run. */
export interface ChartWindow {
  readonly first: number;
  readonly last: number;
  /** The newest epoch was in it when it was chosen, and takes it along. */
  readonly follows: boolean;
}

/** How every chart is drawn. */
export interface ChartChoices {
  /** `auto`: as each metric asks for. */
  readonly scale: "auto" | "log" | "linear";
  /** Weight of the past in the exponential average, 0 (none) to below 1. */
  readonly smoothing: number;
  /** Epochs at the edges; the whole run where it is missing. */
  readonly window: ChartWindow | undefined;
  /** The epoch whose values are read off. */
  readonly crosshair: number | undefined;
}
