// A class against all others: how many images are taken for it as the threshold on its probability falls.
import type { ScoredRows } from "./accumulators/scored-rows.ts";
import { sortWords } from "./sort-ascending.ts";

/** By threshold, from the highest: images of the class, and of others, whose probability is at or above it. */
export interface Thresholds {
  /** `m`, rising; the last is the number of the class's images. */
  readonly truePositives: Uint32Array;
  /** `m`, rising; the last is the number of the others'. */
  readonly falsePositives: Uint32Array;
}

/** Of each state, so that all who ask for its thresholds sort them once. */
const known = new WeakMap<ScoredRows, (Thresholds | null)[]>();

/** One threshold for each probability that occurs. `null` where a probability is no number. */
export function exactThresholds(rows: ScoredRows, k: number): Thresholds | null {
  let ofClasses = known.get(rows);
  if (ofClasses === undefined) {
    ofClasses = thresholdsOfClasses(rows);
    known.set(rows, ofClasses);
  }
  return ofClasses[k] ?? null;
}

function thresholdsOfClasses(rows: ScoredRows): (Thresholds | null)[] {
  const { scores } = rows;
  const classes = Array.from({ length: rows.classes }, (_, k) => k);
  if (scores instanceof Float64Array) return classes.map((k) => thresholdsOfDoubles(rows, scores, k));
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  const [keys, sorted] = [new Uint32Array(rows.rows), new Uint32Array(rows.rows)];
  return classes.map((k) => thresholdsOfFloats(rows, bits, k, keys, sorted));
}

/** Of float32, above it are numbers below 0, and what is no number. */
const INFINITY_BITS = 0x7f80_0000;
/** The bits of -0. */
const NEGATIVE_ZERO = 0x8000_0000;

/** Sorts the bits, whose order is that of the numbers, with a last one that says whether the row is of the class. */
function thresholdsOfFloats(
  { classes, rows, labels }: ScoredRows,
  bits: Uint32Array,
  k: number,
  keys: Uint32Array,
  sorted: Uint32Array,
): Thresholds | null {
  for (let row = 0; row < rows; row++) {
    const word = bits[row * classes + k] as number;
    if (word > INFINITY_BITS && word !== NEGATIVE_ZERO) return null;
    keys[row] = (word << 1) | (labels[row] === k ? 1 : 0);
  }
  sortWords(keys, sorted);
  const [truePositives, falsePositives] = [new Uint32Array(rows), new Uint32Array(rows)];
  let [found, count] = [0, 0];
  // Each place is written to until the next probability is another one: equals cross a threshold together. Without a branch
  // that a processor could only guess.
  for (let i = rows - 1; i >= 0; i--) {
    const key = sorted[i] as number;
    const next = i > 0 ? (sorted[i - 1] as number) : ~key;
    found += key & 1;
    truePositives[count] = found;
    falsePositives[count] = rows - i - found;
    count += Number((key ^ next) >>> 0 > 1);
  }
  return cutTo(count, truePositives, falsePositives);
}

function thresholdsOfDoubles(
  { classes, rows, labels }: ScoredRows,
  scores: Float64Array,
  k: number,
): Thresholds | null {
  const [own, others] = [new Float64Array(rows), new Float64Array(rows)];
  let ownCount = 0;
  let otherCount = 0;
  for (let row = 0; row < rows; row++) {
    const score = scores[row * classes + k] as number;
    if (!(score >= 0)) return null;
    // -0 would be sorted before 0.
    if (labels[row] === k) own[ownCount++] = score + 0;
    else others[otherCount++] = score + 0;
  }
  return merge(own.subarray(0, ownCount).sort(), others.subarray(0, otherCount).sort());
}

/** Walks both down from the largest; equal probabilities cross a threshold together. */
function merge(own: Float64Array, others: Float64Array): Thresholds {
  const truePositives = new Uint32Array(own.length + others.length);
  const falsePositives = new Uint32Array(own.length + others.length);
  let i = own.length - 1;
  let j = others.length - 1;
  let count = 0;
  while (i >= 0 || j >= 0) {
    const isOwn = j < 0 || (i >= 0 && (own[i] as number) >= (others[j] as number));
    const threshold = (isOwn ? own[i] : others[j]) as number;
    while (i >= 0 && own[i] === threshold) i--;
    while (j >= 0 && others[j] === threshold) j--;
    truePositives[count] = own.length - 1 - i;
    falsePositives[count] = others.length - 1 - j;
    count++;
  }
  return cutTo(count, truePositives, falsePositives);
}

function cutTo(count: number, truePositives: Uint32Array, falsePositives: Uint32Array): Thresholds {
  return {
    truePositives: truePositives.subarray(0, count),
    falsePositives: falsePositives.subarray(0, count),
  };
}

/** `bins` thresholds at equal distances: `0, 1/bins, ...`. `null` where a probability is no number. */
export function binnedThresholds(
  { classes, rows, scores, labels }: ScoredRows,
  k: number,
  bins: number,
): Thresholds | null {
  const [truePositives, falsePositives] = [new Uint32Array(bins), new Uint32Array(bins)];
  for (let row = 0; row < rows; row++) {
    const score = scores[row * classes + k] as number;
    if (!(score >= 0)) return null;
    const counts = labels[row] === k ? truePositives : falsePositives;
    const place = bins - 1 - Math.min(Math.floor(score * bins), bins - 1);
    counts[place] = (counts[place] as number) + 1;
  }
  for (const counts of [truePositives, falsePositives]) {
    for (let i = 1; i < bins; i++) counts[i] = (counts[i] as number) + (counts[i - 1] as number);
  }
  return { truePositives, falsePositives };
}

/** The mean of a figure over the classes that have it; `null` where none has, or a probability is no number. */
export function meanOverClasses(
  rows: ScoredRows,
  bins: number | undefined,
  figure: (thresholds: Thresholds) => number | null,
): number | null {
  let [sum, count] = [0, 0];
  for (let k = 0; k < rows.classes; k++) {
    const thresholds = bins === undefined ? exactThresholds(rows, k) : binnedThresholds(rows, k, bins);
    if (thresholds === null) return null;
    const value = figure(thresholds);
    if (value === null) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}
