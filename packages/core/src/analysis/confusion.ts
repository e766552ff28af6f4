// Which classes a model takes for which.
import type { LabelledPredictions } from "./predictions.ts";

/** `K x K` counts: entry `[i][j]` is how many images of class i were answered j. One without an answer is left out. */
export function confusionMatrix({ labels, predicted }: LabelledPredictions, classes: number): number[][] {
  const counts = createConfusion(classes);
  labels.forEach((label, image) => {
    const answer = predicted[image] as number;
    if (answer >= 0) countAnswer(counts, label, answer);
  });
  return counts;
}

/** A confusion matrix before the first answer. */
export function createConfusion(classes: number): number[][] {
  return Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
}

export function countAnswer(counts: readonly number[][], label: number, answer: number): void {
  const row = counts[label] as number[];
  row[answer] = (row[answer] as number) + 1;
}

/** Recall, precision and the most frequent mistake of each class. */
export function classesOf(
  confusion: readonly (readonly number[])[],
  names: readonly string[],
): readonly ClassOnTest[] {
  return names.map((name, k) => {
    const row = confusion[k] ?? [];
    const right = row[k] ?? 0;
    const images = sum(row);
    const answered = sum(confusion.map((other) => other[k] ?? 0));
    const wrong = row.map((count, j) => (j === k ? 0 : count));
    const most = Math.max(...wrong);
    return {
      name,
      images,
      recall: images === 0 ? null : right / images,
      precision: answered === 0 ? null : right / answered,
      mostConfusedWith: most > 0 ? { name: names[wrong.indexOf(most)] ?? "", images: most } : null,
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What a model answers to the test images of one class. */
export interface ClassOnTest {
  readonly name: string;
  readonly images: number;
  /** The fraction of its images that are answered right; `null` where it has none. */
  readonly recall: number | null;
  /** The fraction of answers with its name that are right; `null` where there is none. */
  readonly precision: number | null;
  /** The wrong answer that its images get most often, and how many do; `null` where all are right. */
  readonly mostConfusedWith: { readonly name: string; readonly images: number } | null;
}
