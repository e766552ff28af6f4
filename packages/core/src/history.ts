// What a run's events add up to for anyone who draws curves: one series a tag, aligned by epoch.

import type { EpochEndEvent } from "./events.ts";
import type { Direction } from "./metrics/metric.ts";

export interface History {
  /** Epoch numbers, 1-based, in the order they ended. */
  readonly epochs: number[];
  /** For each tag as many values as there are epochs; `null` is a gap. */
  readonly series: Map<string, (number | null)[]>;
}

export function createHistory(): History {
  return { epochs: [], series: new Map() };
}

/**
 * Adds an epoch at the end, in place: constant time a value, so that 10,000 epochs stay cheap. Of the newest epoch itself,
 * told once more, the values that there are now take the place of those before.
 */
export function appendEpoch(history: History, event: EpochEndEvent): void {
  for (const tag of Object.keys(event.metrics)) {
    if (!history.series.has(tag))
      history.series.set(
        tag,
        history.epochs.map(() => null),
      );
  }
  if (history.epochs.at(-1) === event.epoch) amendNewest(history, event);
  else {
    history.epochs.push(event.epoch);
    for (const [tag, values] of history.series) values.push(event.metrics[tag] ?? null);
  }
}

/** A copy of each series that changes: who has seen the values before goes on with those. */
function amendNewest({ series }: History, { metrics }: EpochEndEvent): void {
  for (const [tag, values] of series) {
    const value = metrics[tag] ?? null;
    if (value !== null && value !== values.at(-1)) series.set(tag, values.with(-1, value));
  }
}

/** Whether a value is better than the one before it; neither is where the direction is "none". */
export function isBetter(direction: Direction, value: number, before: number): boolean {
  return direction === "min" ? value < before : direction === "max" && value > before;
}

export interface BestValue {
  readonly epoch: number;
  readonly value: number;
}

/** The best value of a tag and its epoch, the earliest of equals; `undefined` where there is none. */
export function bestOf(history: History, tag: string, direction: Direction): BestValue | undefined {
  if (direction === "none") return undefined;
  let best: BestValue | undefined;
  history.series.get(tag)?.forEach((value, index) => {
    if (value === null) return;
    if (best === undefined || isBetter(direction, value, best.value))
      best = { epoch: history.epochs[index] as number, value };
  });
  return best;
}
