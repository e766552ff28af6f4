// Between which values a curve lies, and how much of it is missing.
import { rememberer } from "./growing.ts";
import { isNumber, type Values } from "./values.ts";

export interface Extent {
  /** Infinity and -Infinity where there is no value. */
  readonly low: number;
  readonly high: number;
  /** The index of the earliest of each. */
  readonly lowAt: number | undefined;
  readonly highAt: number | undefined;
  /** Of the values above 0. */
  readonly lowPositive: number;
  /** How many are no finite number, and the index of the first of them. */
  readonly missing: number;
  readonly firstMissing: number | undefined;
  /** The least distance from a value to the next, in epochs: n of a metric that is computed every nth only. */
  readonly every: number;
}

const remember = rememberer<Extent>();

/** The least and the greatest of the values, remembered while they grow. */
export function extentOf(values: Values): Extent {
  return remember(values, "", undefined, follower);
}

function follower(): (values: Values, from: number) => Extent {
  let [low, high, lowPositive] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let lowAt: number | undefined;
  let highAt: number | undefined;
  let missing = 0;
  let firstMissing: number | undefined;
  let newest: number | undefined;
  let every = Number.POSITIVE_INFINITY;
  return (values, from) => {
    for (let index = from; index < values.length; index++) {
      const value = values[index];
      if (!isNumber(value)) {
        missing++;
        firstMissing ??= index;
        continue;
      }
      if (newest !== undefined) every = Math.min(every, index - newest);
      newest = index;
      if (value < low) [low, lowAt] = [value, index];
      if (value > high) [high, highAt] = [value, index];
      if (value > 0 && value < lowPositive) lowPositive = value;
    }
    const least = Number.isFinite(every) ? every : 1;
    return { low, high, lowAt, highAt, lowPositive, missing, firstMissing, every: least };
  };
}
