// The letter of a trial's curve, in its colour: the same in the chart, its legend and the lists.

import type { StudyTrial } from "@trainscope/study";
import { type Run, run } from "@trainscope/tui/parts";
import { CURVE_STYLES, type Palette, placeOf } from "../model/palette.ts";
import { type StudyState, titleWithoutSeed } from "../model/state.ts";

/** One column; blank for a trial whose curve has none, or isn't in the chart. */
export function markRun(trial: StudyTrial, { palette, charted }: Pick<StudyState, "palette" | "charted">): Run {
  const look = trial.stage === charted ? lookOf(palette, titleWithoutSeed(trial)) : undefined;
  return look === undefined ? run(" ") : run(look.letter, { color: look.color, bold: true });
}

/** Colour and letter of a title; `undefined` where it has none. */
export function lookOf(palette: Palette, title: string): (typeof CURVE_STYLES)[number] | undefined {
  return CURVE_STYLES[placeOf(palette, title)];
}
