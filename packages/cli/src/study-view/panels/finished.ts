// The table of the trials that are done, in the order of their ends.
import type { Heading } from "@trainscope/tui/parts";
import {
  alignLeft,
  alignRight,
  COLORS,
  type Color,
  centred,
  type Row,
  run,
  type Theme,
} from "@trainscope/tui/parts";
import { formatDuration, formatFraction } from "@trainscope/tui/text";
import { windowOf } from "../model/scroll.ts";
import type { FinishedTrial, StudyState } from "../model/state.ts";
import { markRun } from "./mark.ts";
import { readable } from "./readable.ts";

const ACCURACY = 9;
const EPOCHS = 7;
const TIME = 7;
const STAGE = 21;
const LEAST_TITLE = 34;

/** How many trials a panel shows: its first row names the columns. */
export function visibleTrials(height: number): number {
  return Math.max(1, height - 1);
}

/** `bottom` as in `StudyView`. */
export function finishedRows(
  state: StudyState,
  bottom: number | undefined,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const { finished, best, stages } = state;
  if (finished.length === 0) return centred("no trial has finished yet", width, height);
  const { ellipsis } = theme.glyphs;
  const numbers = ACCURACY + EPOCHS + TIME;
  const stage = width - 4 - numbers - STAGE >= LEAST_TITLE ? STAGE : 0;
  const title = Math.max(8, width - 4 - numbers - stage);
  const header: Row = [
    run(alignLeft("    trial", 4 + title), { dim: true }),
    run(stage > 0 ? alignLeft("  stage", stage) : "", { dim: true }),
    run(alignRight("accuracy", ACCURACY) + alignRight("epochs", EPOCHS) + alignRight("time", TIME), {
      dim: true,
    }),
  ];
  const [first, end] = windowOf(bottom, { length: finished.length, visible: visibleTrials(height) });
  const rows = finished.slice(first, end).map((trial): Row => {
    const isBest = best.get(trial.trial.stage) === trial;
    const [sign, color] = isBest ? [theme.glyphs.star, COLORS.good] : signOf(trial, theme);
    const stageTitle = stages.find(({ name }) => name === trial.trial.stage)?.title ?? trial.trial.stage;
    const accuracy = trial.accuracy === null ? "-" : formatFraction(trial.accuracy);
    return [
      run(`${sign} `, { color }),
      markRun(trial.trial, state),
      run(` ${alignLeft(readable(trial.trial.title, theme), title, ellipsis)}`),
      run(stage > 0 ? `  ${alignLeft(readable(stageTitle, theme), stage - 2, ellipsis)}` : "", { dim: true }),
      run(alignRight(accuracy, ACCURACY), { bold: true, ...(isBest ? { color: COLORS.good } : {}) }),
      ...lengthRuns(trial),
    ];
  });
  return [header, ...rows];
}

/** What is shown of how many, and the best of the newest stage. */
export function finishedHeading(
  state: StudyState,
  bottom: number | undefined,
  visible: number,
  theme: Theme,
): Heading {
  const { finished, best, charted } = state;
  const { glyphs } = theme;
  const { length } = finished;
  const [first, end] = windowOf(bottom, { length, visible });
  const arrows = glyphs.up + glyphs.down;
  const parts: Row[] =
    length > visible ? [[run(`${first + 1}${glyphs.dash}${end} of ${length} ${arrows}`)]] : [];
  const top = charted === undefined ? undefined : best.get(charted);
  if (top === undefined || top.accuracy === null) return { title: "Finished trials", legends: parts };
  const text = `${glyphs.star} ${readable(top.trial.title, theme)} ${formatFraction(top.accuracy)}`;
  const bestRow: Row = [run(text, { color: COLORS.good })];
  const both = parts.map((part) => [...bestRow, run("   "), ...part]);
  return { title: "Finished trials", legends: parts.length > 0 ? [...both, ...parts] : [bestRow] };
}

function lengthRuns({ trial, epochs, milliseconds, reason, reused }: FinishedTrial): Row {
  const planned = trial.settings.epochs;
  const count = epochs === planned ? String(epochs) : `${epochs}/${planned}`;
  const cut = reason === "diverged" || reason === "failed";
  return [
    run(alignRight(count, EPOCHS), { dim: !cut, color: cut ? COLORS.bad : undefined }),
    run(alignRight(reused ? "kept" : formatDuration(milliseconds), TIME), { dim: true }),
  ];
}

function signOf({ reason }: FinishedTrial, { glyphs }: Theme): readonly [string, Color | undefined] {
  if (reason === "diverged" || reason === "failed") return [glyphs.error, COLORS.bad];
  return reason === "stopped" ? [glyphs.stopping, COLORS.caution] : [" ", undefined];
}
