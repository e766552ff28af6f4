// How far the run is: epochs and batches done, a bar for each, the time left, the speed.

import type { Source } from "@trainscope/core/source";
import {
  formatCount,
  formatDuration,
  formatNumber,
  formatShortCount,
  formatX,
  percent,
} from "../../text/format.ts";
import { timeLeft } from "../model/pace.ts";
import { timeToEnd } from "../model/places.ts";
import { batchFraction, type DashboardState, positionOf, runFraction } from "../model/state.ts";
import { alignRight, type Color, fitRow, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";
import { barRuns } from "./bar.ts";
import { sourceLine } from "./source-words.ts";

/** Two rows. `clock` is the present by the clock of the events. */
export function progressRows(
  state: DashboardState,
  source: Source,
  clock: number | undefined,
  width: number,
  theme: Theme,
): Row[] {
  const { batch, batches } = state;
  const { axis, done, all } = positionOf(state);
  const digits = Math.max(String(all || Math.ceil(done)).length, String(batches).length);
  const [timeTail, speedTail] = tails(state, source, clock, width, theme);
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
    run(alignRight(doneOf(done, all), 2 * digits + 1), { bold: true }),
    run("  "),
    ...barRuns(fraction, Math.max(4, bar), color, theme),
    run(`${alignRight(all > 0 ? `${percent(fraction)}%` : "", 5)}  `),
    run(text),
  ];
  const waits = state.phase === "paused" || state.requested === "pause";
  const color = waits ? COLORS.caution : COLORS.brand;
  const epochRow = line(axis.padEnd(5), done, all, runFraction(state), timeTail, color);
  const words = sourceLine(source, state, theme);
  const isShown = batches > 0 && (source.kind === "watched" || isLive(source, state));
  if (words !== undefined && !isShown) {
    const speed = speedTail === "" || !isLive(source, state) ? "" : `  ${theme.glyphs.dot}  ${speedTail}`;
    return [epochRow, fitRow([run(words + speed)], width, theme.glyphs.ellipsis)];
  }
  return [epochRow, line("batch", batch, batches, batchFraction(state), speedTail, color)];
}

/** `3/40`; without the whole where that isn't known. */
function doneOf(done: number, all: number): string {
  if (all > 0) return `${done}/${all}`;
  return done > 0 ? formatX(done) : "-";
}

/** What stands at the right of the bars; more words where there is room for them. */
function tails(
  state: DashboardState,
  source: Source,
  clock: number | undefined,
  width: number,
  { glyphs }: Theme,
): readonly [string, string] {
  const { epoch, epochs, time, samplesPerSecond: speed, speedUnit, batchLoss } = state;
  const left =
    timeToEnd(state.places, epochs) ??
    (time === undefined
      ? undefined
      : timeLeft(state.pace, { epoch, epochs, fraction: batchFraction(state), time }));
  const present = isLive(source, state) ? clock : time;
  const gone =
    state.startedAt === undefined || present === undefined ? 0 : present - state.startedAt - state.idleMs;
  const goneText = `${formatDuration(gone)} so far`;
  const isOpen = state.run !== undefined && epochs === 0;
  const leftText =
    endWords(source, state) ??
    // How long it takes nobody knows where it isn't known how many epochs there will be.
    (isOpen ? goneText : `${left === undefined ? "-:--" : formatDuration(left)} left`);
  const joint = `  ${glyphs.dot}  `;
  if (width < 84) {
    return [
      leftText,
      speed === undefined ? "" : `${speed < 10 ? formatX(speed) : formatShortCount(speed)} ${speedUnit}`,
    ];
  }
  const speedText =
    speed === undefined ? "" : `${speed < 10 ? formatX(speed) : formatCount(speed)} ${speedUnit}`;
  const lossText = batchLoss === null || width < 100 ? "" : `${joint}loss ${formatNumber(batchLoss)}`;
  return [leftText === goneText ? goneText : `${leftText}${joint}${goneText}`, speedText + lossText];
}

/** Whether the run goes on at this moment, so that its time does, too. */
function isLive(source: Source, { phase }: Pick<DashboardState, "phase">): boolean {
  if (source.kind === "training") return true;
  if (source.kind === "replay" || phase === "ended") return false;
  return source.kind === "watched" ? !source.hasEnded : source.processState === "alive";
}

/** Said in place of the time left where none is: the run ends, or nobody trains it any more. */
function endWords(source: Source, { phase }: Pick<DashboardState, "phase">): string | undefined {
  if (phase === "ended") return phase;
  if (source.kind === "attached" && (source.processState === "died" || source.processState === "ended"))
    return "broken off";
  if (source.kind === "watched" && source.hasEnded === true) return "the input has ended";
  return phase === "finishing" ? phase : undefined;
}
