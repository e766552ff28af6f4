// From figures of each class to one figure.
import {
  answeredOf,
  type ConfusionCounts,
  supportOf,
  truePositivesOf,
} from "./accumulators/confusion-counts.ts";
import { checkChoice, type MetricOptions } from "./options.ts";

export const AVERAGES = ["macro", "micro", "weighted"] as const;

/**
 * `macro`: the mean over classes that occur, as a label or as an answer; `weighted`: the same, each class weighted by its
 * images; `micro`: the figure of all classes' counts together.
 */
export type Average = (typeof AVERAGES)[number];

export interface ClassCounts {
  /** Images of the class that were answered so. */
  readonly truePositives: number;
  /** Images that were answered so: true and false positives. */
  readonly answered: number;
  /** Images of the class: true positives and false negatives. */
  readonly support: number;
}

export function classCounts(counts: ConfusionCounts): readonly ClassCounts[] {
  return Array.from({ length: counts.classes }, (_, k) => ({
    truePositives: truePositivesOf(counts, k),
    answered: answeredOf(counts, k),
    support: supportOf(counts, k),
  }));
}

/** As scikit-learn averages with `zero_division=0`. `null` without any rows. */
export function averageClasses(
  counts: ConfusionCounts,
  average: Average,
  figure: (counts: ClassCounts) => number,
): number | null {
  const occurring = classCounts(counts).filter(({ answered, support }) => answered + support > 0);
  if (occurring.length === 0) return null;
  if (average === "micro") return figure(occurring.reduce(addCounts));
  let sum = 0;
  let weights = 0;
  for (const one of occurring) {
    const weight = average === "weighted" ? one.support : 1;
    sum += weight * figure(one);
    weights += weight;
  }
  return sum / weights;
}

function addCounts(a: ClassCounts, b: ClassCounts): ClassCounts {
  return {
    truePositives: a.truePositives + b.truePositives,
    answered: a.answered + b.answered,
    support: a.support + b.support,
  };
}

/** 0 where there is nothing to divide by. */
export function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}

export interface AverageOptions extends MetricOptions {
  /** `macro` where left out. */
  readonly average?: Average;
}

/** `precision`, `precision-weighted` */
export function averagedName(name: string, average: Average): string {
  return average === "macro" ? name : `${name}-${average}`;
}

/** Throws `BAD_PLUGIN`. */
export function checkAverage(factory: string, average: Average): void {
  checkChoice(factory, "average", average, AVERAGES);
}
