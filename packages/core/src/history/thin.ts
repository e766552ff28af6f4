// Fewer points of a curve that has grown too long, without losing what a person looks for in it.

/** Of so many neighbours at most three are kept, so at most half of all but the ends. */
const BUCKET = 6;

/**
 * The indices that are kept, rising: the first and the last, and of each six neighbours the least and the largest (the
 * earliest of equals) and the first gap. So the curve's range, its spikes and its gaps are what they were.
 */
export function thinnedIndices(values: readonly (number | null)[]): number[] {
  const last = values.length - 1;
  const kept: number[] = [];
  for (let start = 0; start <= last; start += BUCKET) {
    const chosen = extremesOf(values, start, Math.min(values.length, start + BUCKET));
    if (start === 0) chosen.push(0);
    if (start + BUCKET > last) chosen.push(last);
    kept.push(...[...new Set(chosen)].sort((one, other) => one - other));
  }
  return kept;
}

function extremesOf(values: readonly (number | null)[], start: number, end: number): number[] {
  let [least, largest, gap] = [-1, -1, -1];
  for (let index = start; index < end; index++) {
    const value = values[index] ?? null;
    if (value === null) {
      if (gap < 0) gap = index;
      continue;
    }
    if (least < 0 || value < (values[least] ?? value)) least = index;
    if (largest < 0 || value > (values[largest] ?? value)) largest = index;
  }
  return [least, largest, gap].filter((index) => index >= 0);
}
