// From figures of each class to one figure.

import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import {
  answeredOf,
  type PredictedRows,
  predictedRows,
  supportOf,
  truePositivesOf,
} from "./accumulators/predicted-rows.ts";
import { checkChoice, type MetricOptions } from "./options.ts";

const AVERAGES = ["macro", "micro", "weighted", "none"] as const;

/**
 * `macro`: the mean over classes that occur, as a label or as an answer; `weighted`: the same, each class weighted by its
 * images; `micro`: the figure of all classes' counts together.
 */
export type Average = Exclude<(typeof AVERAGES)[number], "none">;

/** How a figure of each class becomes one. */
export interface AverageOptions extends MetricOptions {
  /** `macro` where left out. */
  readonly average?: Average;
}

/** A figure of each class, in place of one of all. */
export interface NoAverageOptions extends MetricOptions {
  readonly average: "none";
}

export interface ClassCounts {
  /** Images of the class that were answered so. */
  readonly truePositives: number;
  /** Images that were answered so: true and false positives. */
  readonly answered: number;
  /** Images of the class: true positives and false negatives. */
  readonly support: number;
}

export type ClassFigure = (counts: ClassCounts) => number;

/** A metric that has a figure for each class. Throws `BAD_PLUGIN` for an average that there isn't. */
export function classMetric(
  factory: string,
  about: { readonly name: string; readonly description: string },
  options: AverageOptions | NoAverageOptions,
  figure: ClassFigure,
): Metric<PredictedRows> | Metric<PredictedRows, "per-class"> {
  const { average = "macro", splits = SPLITS } = options;
  checkChoice(factory, "average", average, AVERAGES);
  const suffix = { macro: "", micro: "-micro", weighted: "-weighted", none: "-per-class" }[average];
  const { name = about.name + suffix } = options;
  const shown = { splits, direction: "max", unit: "fraction", display: { range: [0, 1] } } as const;
  const metric = { ...about, name, ...shown, ...predictedRows };
  return average === "none"
    ? { ...metric, kind: "per-class", result: (counts) => figuresByClass(counts, figure) }
    : { ...metric, result: (counts) => averageClasses(counts, average, figure) };
}

export function classCounts(counts: PredictedRows): readonly ClassCounts[] {
  return Array.from({ length: counts.classes }, (_, k) => ({
    truePositives: truePositivesOf(counts, k),
    answered: answeredOf(counts, k),
    support: supportOf(counts, k),
  }));
}

function figuresByClass(counts: PredictedRows, figure: ClassFigure): readonly (number | null)[] | null {
  if (counts.classes === 0) return null;
  return classCounts(counts).map((one) => (occurs(one) ? figure(one) : null));
}

/** As scikit-learn averages with `zero_division=0`. `null` without any rows. */
function averageClasses(counts: PredictedRows, average: Average, figure: ClassFigure): number | null {
  const occurring = classCounts(counts).filter(occurs);
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

function occurs({ answered, support }: ClassCounts): boolean {
  return answered + support > 0;
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
