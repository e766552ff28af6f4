// What a run's events add up to for anyone who draws curves: a series a tag, each at its own pace.

import type { MetricValues } from "../events.ts";
import type { Direction } from "../metric-info.ts";
import { thinnedIndices } from "./thin.ts";
import type { ValuesEvent } from "./values-event.ts";

/**
 * The values of a tag. Both arrays only grow at their end, so that what was found of them stays true; where anything else
 * happens (the newest value is amended, the series thinned) another array takes their place.
 */
export interface Series {
  /** Epochs or steps, rising. Series that only epochs have told share one array. */
  x: readonly number[];
  /** One for each x; `null` is a gap. */
  values: readonly (number | null)[];
  /** How many there were: more than there are now where the series was thinned. */
  total: number;
}

/** The curves of a run: a series a tag. `appendValues` adds to it. */
export interface History {
  /** Of each `epoch:end`, rising. */
  epochs: readonly number[];
  readonly series: Map<string, Series>;
  readonly mostPoints: number;
}

/** Eight million bytes a curve, and far more than any screen can show. */
export const MOST_POINTS = 1_000_000;

/** A series of more than `mostPoints` is thinned to at most half, without losing an extreme. */
export function createHistory(mostPoints = MOST_POINTS): History {
  return { epochs: [], series: new Map(), mostPoints };
}

/** Of values that were told after each of these epochs. */
export function historyOf(
  epochs: readonly number[],
  series: Readonly<Record<string, readonly (number | null)[]>>,
): History {
  const history = { ...createHistory(), epochs };
  for (const [tag, values] of Object.entries(series)) {
    history.series.set(tag, { x: epochs, values, total: values.length });
  }
  return history;
}

/**
 * Adds values at the end, in place: constant time a value, so that 10,000 epochs stay cheap. At the newest x itself,
 * told once more, the values that there are now take the place of those before. An x that lies behind begins anew there:
 * the newest counts.
 */
export function appendValues(history: History, event: ValuesEvent): void {
  if (event.type === "epoch:end") appendEpoch(history, event.epoch, event.metrics);
  else {
    for (const [tag, value] of Object.entries(event.metrics)) {
      appendPoint(history, seriesFor(history, tag, []), event.x, value);
    }
  }
}

/** A tag that an epoch doesn't tell has a gap there, and one that comes later in all epochs before. */
function appendEpoch(history: History, epoch: number, metrics: MetricValues): void {
  if (epoch < (history.epochs.at(-1) ?? epoch)) rewindEpochs(history, epoch);
  const isMore = history.epochs.at(-1) === epoch;
  for (const tag of Object.keys(metrics)) seriesFor(history, tag, history.epochs);
  if (!isMore) grow(history.epochs, epoch);
  for (const [tag, series] of history.series) {
    const value = metrics[tag] ?? null;
    if (series.x !== history.epochs) {
      if (Object.hasOwn(metrics, tag)) appendPoint(history, series, epoch, value);
    } else if (isMore) amend(series, value);
    else {
      grow(series.values, value);
      series.total++;
    }
  }
  if (history.epochs.length > history.mostPoints) thinEpochs(history);
}

function appendPoint(history: History, series: Series, x: number, value: number | null): void {
  if (series.x === history.epochs) series.x = [...series.x];
  if (x < (series.x.at(-1) ?? x)) cut(series, x);
  if (series.x.at(-1) === x) amend(series, value);
  else {
    grow(series.x, x);
    grow(series.values, value);
    series.total++;
    if (series.x.length > history.mostPoints) thin(series);
  }
}

function seriesFor({ series }: History, tag: string, x: readonly number[]): Series {
  const known = series.get(tag);
  if (known !== undefined) return known;
  const made = { x, values: x.map(() => null), total: x.length };
  series.set(tag, made);
  return made;
}

/** The one place that writes to what readers only read. */
function grow<Value>(values: readonly Value[], value: Value): void {
  (values as Value[]).push(value);
}

/** Whoever has seen the values before goes on with those. */
function amend(series: Series, value: number | null): void {
  if (value !== null && value !== series.values.at(-1)) series.values = series.values.with(-1, value);
}

function cut(series: Series, x: number): void {
  const end = indexFrom(series.x, x);
  series.total -= series.x.length - end;
  series.x = series.x.slice(0, end);
  series.values = series.values.slice(0, end);
}

function rewindEpochs(history: History, epoch: number): void {
  const before = history.epochs;
  history.epochs = before.slice(0, indexFrom(before, epoch));
  for (const series of history.series.values()) {
    if (series.x !== before) continue;
    cut(series, epoch);
    series.x = history.epochs;
  }
}

function thin(series: Series): void {
  const { x, values } = series;
  const kept = thinnedIndices(values);
  series.x = kept.map((index) => x[index] ?? 0);
  series.values = kept.map((index) => values[index] ?? null);
}

/** From then on each series has its own x: which of its values are worth keeping differs. */
function thinEpochs(history: History): void {
  const before = history.epochs;
  for (const series of history.series.values()) if (series.x === before) thin(series);
  history.epochs = before.filter((_, index) => index % 2 === 0 || index === before.length - 1);
}

/** The index of the first of the rising numbers that is `x` or more; their count where there is none. */
export function indexFrom(rising: readonly number[], x: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? x) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the newest values are; `undefined` where there are none. */
export function newestX({ epochs, series }: History): number | undefined {
  return extreme([epochs, ...xsOf(series)], -1, Math.max);
}

/** Where the first values are; `undefined` where there are none. */
export function firstX({ epochs, series }: History): number | undefined {
  return extreme([epochs, ...xsOf(series)], 0, Math.min);
}

function xsOf(series: History["series"]): readonly (readonly number[])[] {
  return Array.from(series.values(), ({ x }) => x);
}

function extreme(
  xs: readonly (readonly number[])[],
  index: number,
  choose: (...numbers: number[]) => number,
): number | undefined {
  const ends = xs.flatMap((x) => x.at(index) ?? []);
  return ends.length === 0 ? undefined : choose(...ends);
}

/** Whether a value is better than the one before it; neither is where the direction is "none". */
export function isBetter(direction: Direction, value: number, before: number): boolean {
  return direction === "min" ? value < before : direction === "max" && value > before;
}

/** Where on the run's axis a tag was best, and what it was there. */
export interface BestValue {
  /** In epochs or steps, as the run counts. */
  readonly x: number;
  readonly value: number;
}

/** The best value of a tag and where it is, the earliest of equals; `undefined` where there is none. */
export function bestOf(history: History, tag: string, direction: Direction): BestValue | undefined {
  const series = history.series.get(tag);
  if (series === undefined || direction === "none") return undefined;
  let best: BestValue | undefined;
  series.values.forEach((value, index) => {
    if (value === null) return;
    if (best === undefined || isBetter(direction, value, best.value)) best = { x: series.x[index] ?? 0, value };
  });
  return best;
}
