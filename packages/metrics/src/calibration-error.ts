import type { Metric } from "@trainscope/core";
import type { Numbers } from "./accumulators/append.ts";
import { type Confidences, confidencesOf } from "./accumulators/confidences.ts";
import { checkChoice, checkNames, checkWhole, EVERY_SPLIT, type MetricOptions } from "./options.ts";
import { sortAscending } from "./sort-ascending.ts";

export interface BinOptions extends MetricOptions {
  /** 15 where left out. */
  readonly bins?: number;
  /** How confidences are put in bins: of equal `width` (where left out), or of equal `mass`, as many rows in each. */
  readonly binning?: "width" | "mass";
}

export interface CalibrationOptions extends BinOptions {
  /** What is told of the bins' errors: their `mean`, weighted by rows (where left out), or the largest, `max`. */
  readonly error?: "mean" | "max";
}

/**
 * How far confidence is from accuracy, 0 to 1: rows are put in bins by the probability of their answer, and with a bin's
 * rows `n_b`, its mean confidence and its accuracy the error is `Σ_b n_b/n |accuracy_b - confidence_b|`, or the largest of them. A
 * bin is open below and closed above. Of equal mass the bounds are quantiles, interpolated linearly.
 *
 * Source: Guo et al., On calibration of modern neural networks, 2017; for equal mass Nguyen and O'Connor, Posterior
 * calibration and exploratory analysis for natural language processing models, 2015; bins as scikit-learn's `calibration_curve`.
 */
export function calibrationError(options: CalibrationOptions = {}): Metric<Confidences> {
  const { bins = 15, binning = "width", error = "mean", splits = EVERY_SPLIT } = options;
  checkNames("calibrationError", options, ["bins", "binning", "error"]);
  checkBins("calibrationError", bins, binning);
  checkChoice("calibrationError", "error", error, ["mean", "max"]);
  const { name = `${binning === "mass" ? "adaptive-" : ""}${error === "max" ? "mce" : "ece"}` } = options;
  const bin = binning === "mass" ? "bins of as many rows each" : "bins of equal width";
  const description =
    error === "max"
      ? `How far confidence is from accuracy where it is farthest, in ${bin}.`
      : `How far confidence is from accuracy on average, in ${bin}.`;
  return {
    ...{ name, description, splits, direction: "min", unit: "fraction", display: { baseline: 0 } },
    ...confidencesOf,
    result(state) {
      if (state.rows === 0) return null;
      const gaps = calibrationBins(state, bins, binning).map(({ rows, confidence, accuracy }) => ({
        gap: Math.abs(accuracy - confidence),
        share: rows / state.rows,
      }));
      return error === "max"
        ? Math.max(...gaps.map(({ gap }) => gap))
        : gaps.reduce((sum, { gap, share }) => sum + share * gap, 0);
    },
  };
}

/** Throws `BAD_PLUGIN`. */
export function checkBins(factory: string, bins: number, binning: string): void {
  checkWhole(factory, "bins", bins, 1);
  checkChoice(factory, "binning", binning, ["width", "mass"]);
}

export interface CalibrationBin {
  /** 1 or more. */
  readonly rows: number;
  /** Mean probability of the answers. */
  readonly confidence: number;
  /** Share of right answers. */
  readonly accuracy: number;
}

/** Without empty bins, from the least certain. */
export function calibrationBins(
  { rows, confidences, hits }: Confidences,
  bins: number,
  binning: "width" | "mass",
): readonly CalibrationBin[] {
  const own = confidences.subarray(0, rows);
  const bounds = binning === "width" ? equalWidth(bins) : equalMass(own, bins);
  const sums = Array.from({ length: bins }, () => ({ rows: 0, confidence: 0, hits: 0 }));
  for (let row = 0; row < rows; row++) {
    const confidence = own[row] as number;
    const sum = sums[binOf(bounds, confidence)];
    if (sum === undefined) continue;
    sum.rows++;
    sum.confidence += confidence;
    sum.hits += hits[row] as number;
  }
  return sums
    .filter((sum) => sum.rows > 0)
    .map((sum) => ({
      rows: sum.rows,
      confidence: sum.confidence / sum.rows,
      accuracy: sum.hits / sum.rows,
    }));
}

/** Between bins: one less than there are bins. */
function equalWidth(bins: number): readonly number[] {
  return Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
}

function equalMass(confidences: Numbers, bins: number): readonly number[] {
  const sorted = sortAscending(confidences.slice());
  return equalWidth(bins).map((share) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] as number;
    const above = sorted[Math.ceil(place)] as number;
    return below + (place - Math.floor(place)) * (above - below);
  });
}

/** The first bin whose upper bound is not below the value. */
function binOf(bounds: readonly number[], value: number): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
