// Predictions of made-up models on a made-up test split: confusion, mistakes, histograms.
import { createRandom, RandomStream } from "@trainscope/core";
import type { ProbabilityHistogram } from "@trainscope/core/analysis";
import { CLASS_NAMES, seededMistakes, TEST_IMAGES } from "@trainscope/viz/testing";
import type { ModelOnTest } from "../stages/results.ts";

const CLASSES = CLASS_NAMES.length;

/** A model that confuses what looks alike: animals with animals, vehicles with vehicles. */
export function seededModelOnTest(title: string, accuracy: number, seed: number): ModelOnTest {
  const random = createRandom(14, RandomStream.sample, seed);
  const perClass = TEST_IMAGES / CLASSES;
  const vehicles = new Set([0, 1, 8, 9]);
  const confusion = CLASS_NAMES.map((_, label) => {
    const right = Math.round(perClass * (accuracy + 0.07 * random.normal()));
    const shares = CLASS_NAMES.map((__, answer) => {
      if (answer === label) return 0;
      return (vehicles.has(answer) === vehicles.has(label) ? 3 : 1) * (0.4 + random.uniform());
    });
    const total = shares.reduce((sum, share) => sum + share, 0);
    const row = shares.map((share) => Math.floor(((perClass - right) * share) / total));
    row[label] = perClass - row.reduce((sum, count) => sum + count, 0);
    return row;
  });
  const diagonal = confusion.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
  return {
    title,
    images: TEST_IMAGES,
    accuracy: diagonal / TEST_IMAGES,
    confusion,
    classes: CLASS_NAMES.map((name, k) => {
      const row = confusion[k] ?? [];
      const answers = confusion.reduce((sum, other) => sum + (other[k] ?? 0), 0);
      const wrong = row.map((count, answer) => (answer === k ? -1 : count));
      const worst = wrong.indexOf(Math.max(...wrong));
      return {
        name,
        images: perClass,
        recall: (row[k] ?? 0) / perClass,
        precision: answers === 0 ? null : (row[k] ?? 0) / answers,
        mostConfusedWith: { name: CLASS_NAMES[worst] ?? "", images: wrong[worst] ?? 0 },
      };
    }),
    mistakes: seededMistakes(20, seed),
  };
}

export function seededHistograms(): ProbabilityHistogram[] {
  const bins = 20;
  const fall = (images: number, weight: (p: number) => number): number[] => {
    const weights = Array.from({ length: bins }, (_, i) => weight((i + 0.5) / bins));
    const total = weights.reduce((sum, one) => sum + one, 0);
    return weights.map((one) => Math.round((images * one) / total));
  };
  return [
    {
      title: "Softmax",
      right: fall(3910, (p) => p ** 1.6 * (1 - p) ** 0.9),
      wrong: fall(6090, (p) => (p > 0.5 ? 0 : p ** 0.1 * (1 - p) ** 8)),
    },
    {
      title: "Sigmoid (binary cross-entropy)",
      right: fall(3880, (p) => p ** 1.1 * (1 - p) ** 1.8),
      wrong: fall(6120, (p) => p ** 0.3 * (1 - p) ** 7),
    },
  ];
}
