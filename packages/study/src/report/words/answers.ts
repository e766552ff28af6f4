// What a model's confusion matrix shows: which classes it knows best, and which it takes for one another.
import type { ModelOnTest } from "../../stages/results.ts";
import { count, counted, joined, percent } from "./numbers.ts";

const MOST_PAIRS = 3;

/** Two classes, and how many images of each are taken for the other. */
export interface ConfusedPair {
  readonly names: readonly [string, string];
  /** Images of the first that are answered with the second, and the other way round. */
  readonly images: readonly [number, number];
}

/** Every pair that is confused at all, the most frequent first; within a pair the more frequent mistake first. */
export function confusedPairs({ confusion, classes }: ModelOnTest): readonly ConfusedPair[] {
  const pairs: ConfusedPair[] = [];
  for (let a = 0; a < classes.length; a++) {
    for (let b = a + 1; b < classes.length; b++) {
      const [there, back] = [confusion[a]?.[b] ?? 0, confusion[b]?.[a] ?? 0];
      const [first, second] = [classes[a]?.name ?? "", classes[b]?.name ?? ""];
      if (there + back === 0) continue;
      pairs.push(
        there >= back
          ? { names: [first, second], images: [there, back] }
          : { names: [second, first], images: [back, there] },
      );
    }
  }
  const total = ({ images: [there, back] }: ConfusedPair): number => there + back;
  return pairs.toSorted((one, other) => total(other) - total(one));
}

/** A paragraph. Class names stand in it as they are. */
export function confusionWords(model: ModelOnTest): string {
  const mistakes = model.images - Math.round(model.accuracy * model.images);
  const pairs = confusedPairs(model).slice(0, MOST_PAIRS);
  if (pairs.length === 0) return `All ${count(model.images)} test images are answered right.`;
  const described = pairs.map(
    ({ names: [first, second], images: [there, back] }) =>
      `${first} and ${second} (${counted(there, "image")} of ${first} answered ${second}, ${count(back)} the other way round)`,
  );
  const share = pairs.reduce((sum, { images: [there, back] }) => sum + there + back, 0) / mistakes;
  return (
    `Of ${count(model.images)} test images ${count(mistakes)} are answered wrong. Confused most often ` +
    `${pairs.length === 1 ? "is the pair" : "are"} ${joined(described, "and")}; together that is ${percent(share, 0)} ` +
    "of all mistakes."
  );
}

/** A paragraph; empty where no class has an image. */
export function classWords({ classes }: ModelOnTest): string {
  const known = classes.flatMap(({ name, recall }) => (recall === null ? [] : [{ name, recall }]));
  const sorted = known.toSorted((a, b) => b.recall - a.recall);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (best === undefined || worst === undefined || best === worst) return "";
  if (best.recall === worst.recall)
    return `Of every class ${percent(best.recall)} of the images are answered right.`;
  const missed = classes.find(({ name }) => name === worst.name)?.mostConfusedWith;
  const instead =
    missed == null
      ? ""
      : ` Its images are most often taken for ${missed.name} (${counted(missed.images, "image")}).`;
  return (
    `The class answered right most often is ${best.name} (${percent(best.recall)} of its images), least often ` +
    `${worst.name} (${percent(worst.recall)}).${instead}`
  );
}
