// Work that is done once for each value of a curve, however often the curve is drawn: a run's history only ever grows at
// its end, so what was found of its values stays true, and a frame costs the same after 10,000 epochs as after 10.
import type { Values } from "./values.ts";

/** Takes in the values from the index `from` on, and tells what is known of all of them. */
export type Follower<Result> = (values: Values, from: number) => Result;

interface Followed<Result> {
  readonly key: string;
  readonly epochs: readonly number[] | undefined;
  readonly follow: Follower<Result>;
  count: number;
}

/**
 * Keeps one follower for each array of values, as long as that lives. It starts anew where the key is another than the
 * last time, the epochs are, or the array has become shorter; values that are there must not change.
 */
export function rememberer<Result>(): (
  values: Values,
  key: string,
  epochs: readonly number[] | undefined,
  create: () => Follower<Result>,
) => Result {
  const followed = new WeakMap<Values, Followed<Result>>();
  return (values, key, epochs, create) => {
    const before = followed.get(values);
    const fits = before?.key === key && before.epochs === epochs && before.count <= values.length;
    const entry = before && fits ? before : { key, epochs, follow: create(), count: 0 };
    if (entry !== before) followed.set(values, entry);
    const from = entry.count;
    entry.count = values.length;
    return entry.follow(values, from);
  };
}
