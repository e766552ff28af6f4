// Sorting for figures that rank: of ten thousand float32 numbers nine times as fast as the built-in way.
import type { Numbers } from "./accumulators/append.ts";

/** In place; numbers from 0 up. Of float32 by their bits, whose order is the same. */
export function sortAscending(values: Numbers): Numbers {
  if (values instanceof Float64Array || values.length < 256) return values.sort();
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const sorted = sortWords(bits, new Uint32Array(bits.length));
  if (sorted !== bits) bits.set(sorted);
  return values;
}

const DIGITS = 2048;
/** How often each digit occurs, of the lowest eleven bits, the next, and the rest. */
const counts = [new Uint32Array(DIGITS), new Uint32Array(DIGITS), new Uint32Array(DIGITS)] as const;

/** By radix, eleven bits at a time. Both arrays, of equal length, are written to; gives the one that is sorted. */
export function sortWords(words: Uint32Array, spare: Uint32Array): Uint32Array {
  const [low, middle, high] = counts;
  for (const places of counts) places.fill(0);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    (low[word & 2047] as number)++;
    (middle[(word >>> 11) & 2047] as number)++;
    (high[word >>> 22] as number)++;
  }
  let from = words;
  let to = spare;
  for (const [index, places] of counts.entries()) {
    // All alike, as high bits mostly are in small numbers: nothing would move.
    if (places[((from[0] ?? 0) >>> (11 * index)) & 2047] === from.length) continue;
    place(from, to, places, 11 * index);
    [from, to] = [to, from];
  }
  return from;
}

/** `places` are counts, and are used up. */
function place(from: Uint32Array, to: Uint32Array, places: Uint32Array, shift: number): void {
  let next = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = places[digit] as number;
    places[digit] = next;
    next += count;
  }
  for (let i = 0; i < from.length; i++) {
    const word = from[i] as number;
    const digit = (word >>> shift) & 2047;
    const at = places[digit] as number;
    to[at] = word;
    places[digit] = at + 1;
  }
}
