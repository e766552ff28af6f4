// A part of a curve that grows with it, so that a window of 5,000 epochs isn't copied, and searched, for each frame.
import { type Follower, rememberer } from "./growing.ts";
import type { Values } from "./values.ts";

const remember = rememberer<Values>();

/**
 * The values from the index `from` to before `to`; without an end where `to` is behind the last. The same array each
 * time: it grows with the values, which must not change.
 */
export function windowOf<T extends Values[number]>(
  values: readonly T[],
  from: number,
  to: number,
): readonly T[] {
  const isOpen = to >= values.length;
  if (from === 0 && isOpen) return values;
  const end = isOpen ? Number.POSITIVE_INFINITY : to;
  return remember(values, `${from} ${end}`, undefined, () => follower(from, end)) as readonly T[];
}

function follower(from: number, end: number): Follower<Values> {
  const part: Values[number][] = [];
  return (values, next) => {
    const stop = Math.min(end, values.length);
    for (let index = Math.max(from, next); index < stop; index++) part.push(values[index]);
    return part;
  };
}
