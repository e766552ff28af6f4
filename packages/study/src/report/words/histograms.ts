// How sure two models are of the true class: softmax against sigmoid, by the means of their histograms.
import type { ProbabilityHistogram } from "@trainscope/core/analysis";
import type { Comparison } from "../../judge.ts";
import { compare, type Estimate } from "./estimate.ts";
import { count, fixed, joined, percent } from "./numbers.ts";

/** Below this the true class is as good as ruled out. */
const LOW = 0.1;

export interface HistogramSummary {
  readonly title: string;
  readonly right: Estimate | null;
  readonly wrong: Estimate | null;
  /** Part of the wrong answers whose true class got less than `LOW`. */
  readonly wrongBelow: number;
}

export function summariseHistogram({ title, right, wrong }: ProbabilityHistogram): HistogramSummary {
  const total = sum(wrong);
  const below = wrong.filter((_, i) => (i + 1) / wrong.length <= LOW + 1e-9);
  return {
    title,
    right: meanOf(right),
    wrong: meanOf(wrong),
    wrongBelow: total === 0 ? 0 : sum(below) / total,
  };
}

/** Mean probability, each image taken to be in the middle of its bin; `null` where there is no image. */
function meanOf(bins: readonly number[]): Estimate | null {
  const images = sum(bins);
  if (images === 0) return null;
  const middle = (i: number): number => (i + 0.5) / bins.length;
  const value = bins.reduce((total, n, i) => total + n * middle(i), 0) / images;
  const variance = bins.reduce((total, n, i) => total + n * (middle(i) - value) ** 2, 0) / images;
  return { value, standardError: Math.sqrt(variance / images) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A paragraph an item. */
export function histogramWords(histograms: readonly ProbabilityHistogram[]): readonly string[] {
  const summaries = histograms.map(summariseHistogram);
  const [first, second] = summaries;
  const each = summaries.map(sentenceOf).join(" ");
  if (first === undefined || second === undefined) return each === "" ? [] : [each];
  return [each, comparison(first, second)].filter((text) => text !== "");
}

function sentenceOf({ title, right, wrong, wrongBelow }: HistogramSummary): string {
  const parts = [
    right && `${decimals(right)} on average where the answer is right`,
    wrong && `${decimals(wrong)} where it is wrong`,
  ].filter((part) => part !== null);
  if (parts.length === 0) return "";
  const low = wrong === null ? "" : `, and less than ${LOW} in ${percent(wrongBelow, 0)} of the wrong answers`;
  return `${title} gives the true class a probability of ${joined(parts)}${low}.`;
}

const decimals = ({ value }: Estimate): string => fixed(value, 2);

const SURER: Readonly<Record<Comparison, (first: string, second: string) => string>> = {
  higher: (first, second) => `${first} is surer of its right answers than ${second}`,
  lower: (first, second) => `${second} is surer of its right answers than ${first}`,
  "no clear difference": (first, second) => `${first} and ${second} are equally sure of their right answers`,
};

function comparison(first: HistogramSummary, second: HistogramSummary): string {
  if (first.right === null || second.right === null) return "";
  const surer = SURER[compare(first.right, second.right)](first.title, second.title);
  if (first.wrong === null || second.wrong === null) return `${surer}.`;
  const apart = [first, second].map(({ right, wrong }) => (right?.value ?? 0) - (wrong?.value ?? 0));
  const [one = 0, other = 0] = apart;
  const errors = [first, second].map(({ right, wrong }) =>
    Math.hypot(right?.standardError ?? 0, wrong?.standardError ?? 0),
  );
  const wider = compare(
    { value: one, standardError: errors[0] ?? 0 },
    { value: other, standardError: errors[1] ?? 0 },
  );
  const distances = `${fixed(one, 2)} and ${fixed(other, 2)}`;
  const ending =
    wider === "no clear difference"
      ? `right and wrong answers are equally far apart in both (${distances})`
      : `right and wrong answers are further apart with ${wider === "higher" ? first.title : second.title} ` +
        `(the means differ by ${distances})`;
  return `${surer}, and ${ending}.`;
}

/** Images in a histogram, for its caption. */
export function imagesIn({ right, wrong }: ProbabilityHistogram): string {
  return count(sum(right) + sum(wrong));
}
