// Which part of the run the charts show, in epochs or steps: all of it, or a window that is zoomed and panned, and the
// crosshair in it.
import type { History } from "@trainscope/core";
import { axisOf, firstX, indexFrom, newestX } from "@trainscope/core/history";
import type { ChartChoices, ChartWindow } from "../chart/choices.ts";
import type { Overlay } from "../model/overlay.ts";
import type { DashboardState } from "../model/state.ts";

/** The epochs or steps at the left and the right edge. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Of the whole axis, the part that waits for curves yet among it. */
export interface RunSpan extends Span {
  readonly newest: number;
  /** From a point to the next of the series that has most: 1 of epochs, 10 where every tenth step is told. */
  readonly grain: number;
}

/** Points that a window has at least. */
const LEAST_WINDOW = 4;
/** Epochs that the axis of a long run has at first. */
const SHORTEST_AXIS = 120;
/** Points for which one whose end isn't known has room at first. */
const FIRST_OPEN_AXIS = 10;
/** Of a window, by which it is moved at a time. */
const PAN_STEP = 0.25;

/**
 * The axis without a window: of the run, and of the one that is drawn beneath. All charts of a screen have the same, so
 * that they can be compared.
 */
export function runSpan({ state, overlay }: Spanned): RunSpan {
  const { run, history, phase, epochs: total } = state;
  const beneath = overlay && { first: firstX(overlay.history), last: newestX(overlay.history) };
  const first = firstX(history) ?? beneath?.first ?? 1;
  const newest = newestX(history) ?? first;
  const grain = grainOf(history);
  const planned = axisOf(run) === "epoch" ? total : 0;
  // What has been stopped will not grow into the free room any more.
  const last = phase === "ended" ? newest : rightEdge(newest, planned, grain);
  return {
    first: Math.min(first, beneath?.first ?? first),
    newest,
    last: Math.max(last, beneath?.last ?? last),
    grain,
  };
}

function grainOf({ epochs, series }: History): number {
  if (epochs.length > 0) return 1;
  let [most, grain] = [1, 1];
  for (const { x } of series.values()) {
    if (x.length <= most) continue;
    most = x.length;
    grain = ((x.at(-1) ?? 0) - (x[0] ?? 0)) / (x.length - 1);
  }
  return grain < 1 ? grain : Math.round(grain);
}

export interface Spanned {
  readonly state: SpannedState;
  readonly overlay?: Overlay | undefined;
}

type SpannedState = Pick<DashboardState, "run" | "history" | "phase" | "epochs">;

/**
 * What is at the right edge: the last epoch that is planned, so that the curve grows into the free room. In a run of many
 * more epochs the axis is shorter at first, and doubles each time it is full; so it does where it isn't known how many
 * there will be (0), from a few on.
 */
export function rightEdge(newest: number, total: number, grain = 1): number {
  if (total === 0) return openEdge(newest, grain);
  const least = Math.max(newest, SHORTEST_AXIS);
  let edge = total;
  while (edge / 2 >= least) edge = Math.ceil(edge / 2);
  return Math.max(newest, edge);
}

function openEdge(newest: number, grain: number): number {
  if (grain !== 1) return roundUp(Math.max(newest, FIRST_OPEN_AXIS * grain));
  let edge = FIRST_OPEN_AXIS;
  while (edge < newest) edge *= 2;
  return edge;
}

/** To 1, 2 or 5 times a power of ten, also where that is a part of one. */
function roundUp(value: number): number {
  const exponent = Math.floor(Math.log10(value));
  const least = [1, 2, 5, 10].find((factor) => Number(`${factor}e${exponent}`) >= value) ?? 10;
  return Number(`${least}e${exponent}`);
}

/**
 * What the axis shows now: the window, moved and cut where it lies outside of the run. One that follows the newest epoch
 * stands still as long as values are read off.
 */
export function shownSpan(
  { window, crosshair }: Pick<ChartChoices, "window" | "crosshair">,
  span: RunSpan,
): Span {
  if (window === undefined) return { first: span.first, last: span.last };
  const { first, last, follows } = window;
  const behind = follows && crosshair === undefined ? Math.max(0, span.newest - last) : 0;
  return within({ first: first + behind, last: last + behind }, span);
}

/** `factor` times as much: 0.5 zooms in. The crosshair stays where it is, or else the newest epoch. */
export function zoomed(choices: ChartChoices, span: RunSpan, factor: number): Partial<ChartChoices> {
  const shown = shownSpan(choices, span);
  const whole = span.last - span.first;
  const rounded = span.grain < 1 ? (x: number) => x : Math.round;
  const least = Math.min((LEAST_WINDOW - 1) * span.grain, whole);
  const length = Math.max(least, rounded((shown.last - shown.first) * factor));
  if (length >= whole) return { window: undefined };
  const anchor = [choices.crosshair, span.newest, (shown.first + shown.last) / 2].find(
    (x) => x !== undefined && x >= shown.first && x <= shown.last,
  );
  const at = ((anchor ?? shown.first) - shown.first) / (shown.last - shown.first || 1);
  const first = rounded((anchor ?? shown.first) - at * length);
  return { window: windowAt({ first, last: first + length }, span) };
}

/** Quarters of what is shown to the right, or to the left where `by` is negative; never out of the run. */
export function panned(choices: ChartChoices, span: RunSpan, by: number): Partial<ChartChoices> {
  if (choices.window === undefined) return {};
  const { first, last } = shownSpan(choices, span);
  const quarters = Math.abs(by) * PAN_STEP * (last - first);
  const way = Math.sign(by) * (span.grain < 1 ? quarters : Math.max(1, Math.round(quarters)));
  return { window: windowAt({ first: first + way, last: last + way }, span) };
}

/** So many points of any series on, from the newest that is shown where there is no crosshair yet; a window moves along. */
export function crosshairMoved(
  choices: ChartChoices,
  { state, overlay }: Spanned,
  by: number,
): Partial<ChartChoices> {
  const span = runSpan({ state, overlay });
  const shown = shownSpan(choices, span);
  const present = nearestX(state.history, choices.crosshair ?? shown.last);
  if (present === undefined) return {};
  const crosshair = choices.crosshair === undefined ? present : xAfter(state.history, present, by);
  if (choices.window === undefined) return { crosshair };
  const way = Math.min(0, crosshair - shown.first) + Math.max(0, crosshair - shown.last);
  return { crosshair, window: windowAt({ first: shown.first + way, last: shown.last + way }, span) };
}

/** Of all series the x next to `at`, the earlier of two as near; `undefined` where there is none at all. */
function nearestX(history: History, at: number): number | undefined {
  const near = xsOf(history).flatMap((x) => x[nearestIndex(x, at) ?? -1] ?? []);
  return near.length === 0
    ? undefined
    : near.reduce((one, other) => {
        const farther = Math.abs(other - at) - Math.abs(one - at);
        return farther < 0 || (farther === 0 && other < one) ? other : one;
      });
}

/** So many points of any series after `from`, or before where `by` is negative; no farther than the last. */
function xAfter(history: History, from: number, by: number): number {
  const xs = xsOf(history);
  if (!Number.isFinite(by)) return (by < 0 ? firstX(history) : newestX(history)) ?? from;
  let at = from;
  for (let left = Math.abs(by); left > 0; left--) {
    const next = xs.flatMap((x) => x[by < 0 ? indexFrom(x, at) - 1 : indexAfter(x, at)] ?? []);
    if (next.length === 0) break;
    at = by < 0 ? Math.max(...next) : Math.min(...next);
  }
  return at;
}

function xsOf({ epochs, series }: History): readonly (readonly number[])[] {
  return [...new Set([epochs, ...Array.from(series.values(), ({ x }) => x)])];
}

/** The index of the first of the rising numbers that is more than `x`; their count where there is none. */
export function indexAfter(rising: readonly number[], x: number): number {
  const from = indexFrom(rising, x);
  return rising[from] === x ? from + 1 : from;
}

/** The index of the number next to `x`; `undefined` where there is none at all. */
export function nearestIndex(rising: readonly number[], x: number): number | undefined {
  const after = indexFrom(rising, x);
  const [left, right] = [rising[after - 1], rising[after]];
  if (left === undefined) return right === undefined ? undefined : after;
  return right === undefined || x - left <= right - x ? after - 1 : after;
}

/** What is shown as a window, which goes along with the newest point unless it ends before that. */
export function windowAt(shown: Span, span: RunSpan): ChartWindow {
  const { first, last } = within(shown, span);
  return { first, last, follows: last >= span.newest };
}

/** The window moved into the span, and cut where it is longer. */
function within({ first, last }: Span, span: Span): Span {
  const length = Math.min(last - first, span.last - span.first);
  const start = Math.max(span.first, Math.min(span.last - length, first));
  return { first: start, last: start + length };
}
