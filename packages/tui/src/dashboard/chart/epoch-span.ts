// Which epochs the charts show: the whole run, or a window of it that is zoomed and panned, and the crosshair in it.
import type { Overlay } from "../model/overlay.ts";
import type { DashboardState } from "../model/state.ts";
import type { ChartChoices, ChartWindow } from "../view/view.ts";

/** Epochs at the left and the right edge. */
export interface EpochSpan {
  readonly first: number;
  readonly last: number;
}

/** Of the whole axis, the part that waits for curves yet among it. */
export interface RunSpan extends EpochSpan {
  readonly newest: number;
}

/** Epochs that a window has at least. */
const LEAST_WINDOW = 4;
/** Epochs that the axis of a long run has at first. */
const SHORTEST_AXIS = 120;
/** Likewise of one whose end isn't known. */
const FIRST_OPEN_AXIS = 10;
/** Of a window, by which it is moved at a time. */
const PAN_STEP = 0.25;

/**
 * The axis without a window: of the run, and of the one that is drawn beneath. All charts of a screen have the same, so
 * that they can be compared.
 */
export function epochSpan({ state, overlay }: Spanned): RunSpan {
  const { history, phase, epochs: total } = state;
  const beneath = overlay?.history.epochs ?? [];
  const first = history.epochs[0] ?? beneath[0] ?? 1;
  const newest = history.epochs.at(-1) ?? first;
  // What has been stopped will not grow into the free room any more.
  const last = phase === "ended" ? newest : rightEdge(newest, total);
  return { first: Math.min(first, beneath[0] ?? first), newest, last: Math.max(last, beneath.at(-1) ?? last) };
}

export interface Spanned {
  readonly state: SpannedState;
  readonly overlay?: Overlay | undefined;
}

type SpannedState = Pick<DashboardState, "history" | "phase" | "epochs">;

/**
 * The epoch at the right edge: the last that is planned, so that the curve grows into the free room. In a run of many
 * more epochs the axis is shorter at first, and doubles each time it is full; so it does where it isn't known how many
 * there will be (0), from a few on.
 */
export function rightEdge(newest: number, total: number): number {
  if (total === 0) return openEdge(newest);
  const least = Math.max(newest, SHORTEST_AXIS);
  let edge = total;
  while (edge / 2 >= least) edge = Math.ceil(edge / 2);
  return Math.max(newest, edge);
}

function openEdge(newest: number): number {
  let edge = FIRST_OPEN_AXIS;
  while (edge < newest) edge *= 2;
  return edge;
}

/**
 * What the axis shows now: the window, moved and cut where it lies outside of the run. One that follows the newest epoch
 * stands still as long as values are read off.
 */
export function shownSpan(
  { window, crosshair }: Pick<ChartChoices, "window" | "crosshair">,
  span: RunSpan,
): EpochSpan {
  if (window === undefined) return { first: span.first, last: span.last };
  const { first, last, follows } = window;
  const behind = follows && crosshair === undefined ? Math.max(0, span.newest - last) : 0;
  return within({ first: first + behind, last: last + behind }, span);
}

/** `factor` times as many epochs: 0.5 zooms in. The crosshair stays where it is, or else the newest epoch. */
export function zoomed(choices: ChartChoices, span: RunSpan, factor: number): Partial<ChartChoices> {
  const shown = shownSpan(choices, span);
  const whole = span.last - span.first;
  const length = Math.max(Math.min(LEAST_WINDOW - 1, whole), Math.round((shown.last - shown.first) * factor));
  if (length >= whole) return { window: undefined };
  const anchor = [choices.crosshair, span.newest, (shown.first + shown.last) / 2].find(
    (epoch) => epoch !== undefined && epoch >= shown.first && epoch <= shown.last,
  );
  const at = ((anchor ?? shown.first) - shown.first) / Math.max(1, shown.last - shown.first);
  const first = Math.round((anchor ?? shown.first) - at * length);
  return { window: windowAt({ first, last: first + length }, span) };
}

/** Quarters of what is shown to the right, or to the left where `by` is negative; never out of the run. */
export function panned(choices: ChartChoices, span: RunSpan, by: number): Partial<ChartChoices> {
  if (choices.window === undefined) return {};
  const { first, last } = shownSpan(choices, span);
  const way = Math.sign(by) * Math.max(1, Math.round(Math.abs(by) * PAN_STEP * (last - first)));
  return { window: windowAt({ first: first + way, last: last + way }, span) };
}

/** So many epochs on, from the newest that is shown where there is no crosshair yet; a window moves along. */
export function crosshairMoved(
  choices: ChartChoices,
  { state, overlay }: Spanned,
  by: number,
): Partial<ChartChoices> {
  const { epochs } = state.history;
  const span = epochSpan({ state, overlay });
  const shown = shownSpan(choices, span);
  const present = nearestIndex(epochs, choices.crosshair ?? shown.last);
  if (present === undefined) return {};
  const index = choices.crosshair === undefined ? present : present + by;
  const crosshair = epochs[Math.max(0, Math.min(epochs.length - 1, index))];
  if (crosshair === undefined || choices.window === undefined) return { crosshair };
  const way = Math.min(0, crosshair - shown.first) + Math.max(0, crosshair - shown.last);
  return { crosshair, window: windowAt({ first: shown.first + way, last: shown.last + way }, span) };
}

/** The index of the first of the rising epochs that is `epoch` or later; their number where there is none. */
export function indexFrom(epochs: readonly number[], epoch: number): number {
  let [low, high] = [0, epochs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((epochs[middle] ?? epoch) < epoch) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the epoch next to `epoch`; `undefined` where there is none at all. */
export function nearestIndex(epochs: readonly number[], epoch: number): number | undefined {
  const after = indexFrom(epochs, epoch);
  const [left, right] = [epochs[after - 1], epochs[after]];
  if (left === undefined) return right === undefined ? undefined : after;
  return right === undefined || epoch - left <= right - epoch ? after - 1 : after;
}

/** These epochs as a window, which goes along with the newest one unless it ends before that. */
export function windowAt(shown: EpochSpan, span: RunSpan): ChartWindow {
  const { first, last } = within(shown, span);
  return { first, last, follows: last >= span.newest };
}

/** The window moved into the span, and cut where it is longer. */
function within({ first, last }: EpochSpan, span: EpochSpan): EpochSpan {
  const length = Math.min(last - first, span.last - span.first);
  const start = Math.max(span.first, Math.min(span.last - length, first));
  return { first: start, last: start + length };
}
