// How far the run is: epochs and batches done, a bar for each, the time left, the speed.

import { formatCount, formatDuration, formatNumber, formatShortCount } from "../../text/format.ts";
import { timeLeft } from "../model/pace.ts";
import { batchFraction, type DashboardState, runFraction } from "../model/state.ts";
import { alignRight, type Color, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../theme.ts";
import { barRuns, percent } from "./bar.ts";

/** Two rows. `clock` is the present by the clock of the events. */
export function progressRows(
  state: DashboardState,
  clock: number | undefined,
  width: number,
  theme: Theme,
): Row[] {
  const { epoch, epochs, batch, batches } = state;
  const digits = Math.max(String(epochs).length, String(batches).length);
  const [timeTail, speedTail] = tails(state, clock, width, theme);
  const tail = Math.max(timeTail.length, speedTail.length);
  const bar = width - "epoch ".length - (2 * digits + 1) - " 100%  ".length - 2 - tail;
  const line = (
    label: string,
    done: number,
    all: number,
    fraction: number,
    text: string,
    color: Color,
  ): Row => [
    run(`${label} `, { dim: true }),
    run(alignRight(all > 0 ? `${done}/${all}` : "-", 2 * digits + 1), { bold: true }),
    run("  "),
    ...barRuns(fraction, Math.max(4, bar), color, theme),
    run(`${alignRight(`${percent(fraction)}%`, 5)}  `),
    run(text),
  ];
  const waits = state.phase === "paused" || state.requested === "pause";
  const color = waits ? COLORS.caution : COLORS.brand;
  return [
    line("epoch", epoch, epochs, runFraction(state), timeTail, color),
    line("batch", batch, batches, batchFraction(state), speedTail, color),
  ];
}

/** What stands at the right of the bars; more words where there is room for them. */
function tails(
  state: DashboardState,
  clock: number | undefined,
  width: number,
  { glyphs }: Theme,
): readonly [string, string] {
  const { epoch, epochs, time, samplesPerSecond: speed, batchLoss } = state;
  const left =
    time === undefined
      ? undefined
      : timeLeft(state.pace, { epoch, epochs, fraction: batchFraction(state), time });
  const gone = state.startedAt === undefined || clock === undefined ? 0 : clock - state.startedAt;
  const leftText =
    state.phase === "finishing" || state.phase === "ended"
      ? state.phase
      : `${left === undefined ? "-:--" : formatDuration(left)} left`;
  const joint = `  ${glyphs.dot}  `;
  if (width < 84) {
    return [leftText, speed === undefined ? "" : `${formatShortCount(speed)} images/s`];
  }
  const speedText = speed === undefined ? "" : `${formatCount(speed)} images/s`;
  const lossText = batchLoss === null || width < 100 ? "" : `${joint}loss ${formatNumber(batchLoss)}`;
  return [`${leftText}${joint}${formatDuration(gone)} so far`, speedText + lossText];
}
