// What an examination's confusion matrix says of each class: how often it is right, and what it is taken for.

import type { RunStartEvent } from "@trainscope/core/events";
import { visible } from "@trainscope/core/text";

/** `K x K` counts: entry `[i][j]` is how many images of class i were answered j. */
export type Confusion = readonly (readonly number[])[];

/** Images of class `label` that were answered `answer`. */
export interface Confused {
  readonly label: number;
  readonly answer: number;
  readonly images: number;
  /** Of the label's images. */
  readonly share: number;
}

/** As many names as there are classes; numbers stand in for those the run doesn't tell. */
export function classNames(run: RunStartEvent | undefined, classes: number): readonly string[] {
  return Array.from(
    { length: classes },
    (_, k) => visible(run?.data?.classes[k] ?? `class ${k}`).trim() || `class ${k}`,
  );
}

/** Of the class's images, the part that was answered right; `undefined` where it has none. */
export function recall(confusion: Confusion, k: number): number | undefined {
  return part(confusion[k]?.[k] ?? 0, sum(confusion[k] ?? []));
}

/** Of the images that were given this answer, the part that is right; `undefined` where there are none. */
export function precision(confusion: Confusion, k: number): number | undefined {
  return part(confusion[k]?.[k] ?? 0, sum(confusion.map((row) => row[k] ?? 0)));
}

/** Of the entries of a row, each one's part; 0 in the row of a class without images. */
export function rowShares(row: readonly number[]): readonly number[] {
  const images = sum(row);
  return row.map((count) => part(count, images) ?? 0);
}

/** The most frequent wrong answer to the class, the first of equals; none where all are right. */
export function mostConfused(confusion: Confusion, label: number): Confused | undefined {
  const row = confusion[label] ?? [];
  let [answer, images] = [label, 0];
  row.forEach((count, k) => {
    if (k !== label && count > images) [answer, images] = [k, count];
  });
  return images > 0 ? { label, answer, images, share: images / sum(row) } : undefined;
}

/** Every wrong answer that was given, the greatest share of its class first. */
export function confusedPairs(confusion: Confusion): readonly Confused[] {
  return confusion.flatMap((_, label) => wrongAnswers(confusion, label)).sort(byShare);
}

export function answerCounts(confusion: Confusion): { readonly images: number; readonly wrong: number } {
  const images = sum(confusion.map(sum));
  return { images, wrong: images - sum(confusion.map((row, k) => row[k] ?? 0)) };
}

/** The classes, the likeliest first; equals keep their order, as the model's answer does. */
export function answersByProbability(probabilities: readonly number[]): readonly number[] {
  return probabilities.map((_, k) => k).sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
}

function wrongAnswers(confusion: Confusion, label: number): Confused[] {
  const row = confusion[label] ?? [];
  return rowShares(row)
    .map((share, answer) => ({ label, answer, images: row[answer] ?? 0, share }))
    .filter(({ answer, images }) => answer !== label && images > 0);
}

/** Equal shares keep the order of the classes. */
function byShare(a: Confused, b: Confused): number {
  return b.share - a.share || a.label - b.label || a.answer - b.answer;
}

function part(count: number, whole: number): number | undefined {
  return whole > 0 ? count / whole : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
