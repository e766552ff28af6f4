// How far the whole study is: a bar, per cent, the time gone and the time left.
import { alignRight, barRuns, COLORS, type Row, run, type Theme } from "@trainscope/tui/parts";
import { formatDuration, percent } from "@trainscope/tui/text";
import type { StudyState } from "../model/state.ts";
import { timeLeft } from "../model/time-left.ts";
import { studyShare } from "../model/work.ts";

/** `clock` is the present by the clock of the events. */
export function overallRow(state: StudyState, clock: number | undefined, width: number, theme: Theme): Row {
  const { done, reused } = studyShare(state);
  const gone = state.startedAt === undefined || clock === undefined ? 0 : clock - state.startedAt;
  const joint = `  ${theme.glyphs.dot}  `;
  const kept = width >= 84 && reused >= 0.005 ? `${joint}${percent(reused)}% kept from before` : "";
  const tail = `${leftText(state, clock)}${joint}${formatDuration(gone)} so far${kept}`;
  const bar = Math.max(4, width - "100%  ".length - tail.length - 2);
  const color = state.stopping ? COLORS.caution : COLORS.brand;
  return [
    run(`${alignRight(`${percent(done)}%`, 4)}  `, { bold: true }),
    ...barRuns(done, bar, color, theme),
    run(`  ${tail}`),
  ];
}

function leftText(state: StudyState, clock: number | undefined): string {
  if (state.phase === "ended") return "ended";
  if (state.stopping) return "stopping";
  const left = timeLeft(state, clock);
  return `${left === undefined ? "-:--" : formatDuration(left)} left`;
}
