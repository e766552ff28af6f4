// The trials that are running: how far each is, its newest validation accuracy and the course of it.
import {
  alignLeft,
  alignRight,
  barRuns,
  COLORS,
  centred,
  type Row,
  run,
  sparkline,
  type Theme,
} from "@trainscope/tui/parts";
import { displayWidth, formatFraction, truncate } from "@trainscope/tui/text";
import type { RunningTrial } from "../model/progress.ts";
import type { StudyState } from "../model/state.ts";
import { markRun } from "./mark.ts";
import { readable } from "./readable.ts";
import { currentIndex } from "./stages.ts";

const ACCURACY = 8;
const LEAST_BAR = 6;

/** A row a trial; where rows run out the last says how many more there are. */
export function runningRows(state: StudyState, width: number, height: number, theme: Theme): Row[] {
  const { running } = state;
  if (running.length === 0) return idleRows(state, width, height, theme);
  const shown = running.length <= height ? running : running.slice(0, Math.max(0, height - 1));
  const epochs = Math.max(...running.map(({ trial }) => String(trial.settings.epochs).length));
  const longest = Math.max(...running.map(({ trial }) => displayWidth(readable(trial.title, theme))));
  const count = 2 * epochs + 1;
  const fixed = 2 + 2 + 2 + count + 2 + ACCURACY;
  const title = Math.min(longest, Math.max(8, width - fixed - LEAST_BAR));
  const rest = width - fixed - title;
  const trend = rest >= 22 ? Math.min(40, Math.floor(rest / 2)) : 0;
  const bar = rest - (trend > 0 ? trend + 2 : 0);
  const rows = shown.map((trial): Row => {
    const mark = markRun(trial.trial, state);
    const course = trend > 0 ? `  ${sparkline(trial.accuracies, trend, theme.glyphs.sparks)}` : "";
    return [
      mark,
      run(` ${alignLeft(readable(trial.trial.title, theme), title, theme.glyphs.ellipsis)}  `),
      ...barRuns(trial.fraction, bar, COLORS.brand, theme),
      run(`  ${alignRight(`${trial.epoch}/${trial.trial.settings.epochs}`, count)}`),
      run(`  ${alignRight(accuracyOf(trial), ACCURACY)}`, { bold: true }),
      run(course, mark.color === undefined ? { dim: true } : { color: mark.color }),
    ];
  });
  if (shown.length < running.length) {
    rows.push([run(`  and ${running.length - shown.length} more`, { dim: true })]);
  }
  return rows;
}

/** What else is being done. */
function idleRows(state: StudyState, width: number, height: number, theme: Theme): Row[] {
  const stage = state.stages[currentIndex(state)];
  if (stage === undefined || state.stage === undefined) return centred("warming up", width, height);
  if (stage.status === "done" || stage.text === "") return centred("no trial is running", width, height);
  return [
    [run("  "), run(readable(stage.title, theme)), run(` ${stage.done}/${stage.steps}`, { bold: true })],
    [run(`  ${truncate(readable(stage.text, theme), width - 2, theme.glyphs.ellipsis)}`, { dim: true })],
  ];
}

function accuracyOf({ accuracies }: RunningTrial): string {
  const newest = accuracies.at(-1) ?? null;
  return newest === null ? "-" : formatFraction(newest);
}
