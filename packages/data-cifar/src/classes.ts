// What a split holds of each class.

import type { LabelledImages } from "@trainscope/core";
import { requireArgument } from "@trainscope/core/errors";

/** Pictures of each class: `classes` numbers. */
export function classCounts(split: LabelledImages, classes: number): number[] {
  requireArgument("classCounts", "split", split, "an object");
  requireArgument("classCounts", "split.labels", split.labels, "bytes");
  const counts = new Array<number>(classes).fill(0);
  for (const label of split.labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Indices of the first `each` pictures of every class: `classes` rows, shorter where a class has fewer. */
export function pickPerClass(split: LabelledImages, classes: number, each: number): number[][] {
  requireArgument("pickPerClass", "split", split, "an object");
  requireArgument("pickPerClass", "split.labels", split.labels, "bytes");
  const rows = Array.from({ length: classes }, (): number[] => []);
  let missing = classes * each;
  for (let i = 0; i < split.labels.length && missing > 0; i++) {
    const row = rows[split.labels[i] as number];
    if (row === undefined || row.length >= each) continue;
    row.push(i);
    missing--;
  }
  return rows;
}
