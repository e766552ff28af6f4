// A class against all others: how many images are taken for it as the threshold on its probability falls.
import type { Numbers } from "./accumulators/append.ts";
import type { ScoredRows } from "./accumulators/scored-rows.ts";
import { sortAscending } from "./sort-ascending.ts";

/** Thresholds on a class's probability at which images of the class are found, from the highest, `m` of them. */
export interface Thresholds {
  /** Images of the class. */
  readonly own: number;
  readonly others: number;
  /** `m`, rising: images of the class whose probability is at or above it; the last is `own`. */
  readonly truePositives: Uint32Array;
  /** `m`, rising: others whose probability is above it. */
  readonly above: Uint32Array;
  /** `m`, rising: others whose probability is at or above it. */
  readonly falsePositives: Uint32Array;
}

/** Of each state, so that all who ask for its thresholds find them once. */
const known = new WeakMap<ScoredRows, readonly (Thresholds | null)[]>();

/** One for each class; a threshold for each probability that an image of the class has. `null` where a probability is no number. */
export function exactThresholds(rows: ScoredRows): readonly (Thresholds | null)[] {
  const found = known.get(rows) ?? thresholdsOfClasses(rows);
  known.set(rows, found);
  return found;
}

function thresholdsOfClasses(rows: ScoredRows): readonly (Thresholds | null)[] {
  const kind = rows.scores.constructor as Float64ArrayConstructor;
  // Used for each class again.
  const room = { others: new kind(rows.rows), sorting: new Uint32Array(rows.rows) };
  return ownScores(rows).map((own, k) => {
    const others = otherScores(rows, k, room.others);
    if (others === null) return null;
    return countDown(sortAscending(own, room.sorting), sortAscending(others, room.sorting));
  });
}

/** Of each class the probabilities that its images have for it. */
function ownScores({ classes, rows, scores, labels }: ScoredRows): readonly Numbers[] {
  const support = new Uint32Array(classes);
  for (let row = 0; row < rows; row++) (support[labels[row] as number] as number)++;
  const own = Array.from(support, (size) => new (scores.constructor as Float64ArrayConstructor)(size));
  const filled = new Uint32Array(classes);
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    // -0 would be sorted as another number than 0.
    (own[label] as Numbers)[(filled[label] as number)++] = (scores[row * classes + label] as number) + 0;
  }
  return own;
}

/** Of a class the probabilities that others' images have for it, at the beginning of `room`. `null` where one, or an own one, is no number. */
function otherScores({ classes, rows, scores, labels }: ScoredRows, k: number, room: Numbers): Numbers | null {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const score = scores[row * classes + k] as number;
    if (!(score >= 0)) return null;
    // The class's own are written over by the next: a processor could only guess at a branch.
    room[count] = score + 0;
    count += Number(labels[row] !== k);
  }
  return room.subarray(0, count);
}

/** Walks down both, which rise, from the largest; equal probabilities cross a threshold together. */
function countDown(own: Numbers, others: Numbers): Thresholds {
  const truePositives = new Uint32Array(own.length);
  const above = new Uint32Array(own.length);
  const falsePositives = new Uint32Array(own.length);
  let count = 0;
  let i = own.length - 1;
  let j = others.length - 1;
  while (i >= 0) {
    const threshold = own[i] as number;
    while (i >= 0 && own[i] === threshold) i--;
    while (j >= 0 && (others[j] as number) > threshold) j--;
    above[count] = others.length - 1 - j;
    while (j >= 0 && others[j] === threshold) j--;
    truePositives[count] = own.length - 1 - i;
    falsePositives[count] = others.length - 1 - j;
    count++;
  }
  return {
    own: own.length,
    others: others.length,
    truePositives: truePositives.subarray(0, count),
    above: above.subarray(0, count),
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
  const above = Uint32Array.from(falsePositives, (_, i) => falsePositives[i - 1] ?? 0);
  const own = truePositives[bins - 1] as number;
  return { own, others: rows - own, truePositives, above, falsePositives };
}

/** The mean of a figure over the classes that have it; `null` where none has, or a probability is no number. */
export function meanOverClasses(
  rows: ScoredRows,
  bins: number | undefined,
  figure: (thresholds: Thresholds) => number | null,
): number | null {
  let [sum, count] = [0, 0];
  for (let k = 0; k < rows.classes; k++) {
    const thresholds = bins === undefined ? exactThresholds(rows)[k] : binnedThresholds(rows, k, bins);
    if (!thresholds) return null;
    const value = figure(thresholds);
    if (value === null) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}
