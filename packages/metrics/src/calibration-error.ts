import type { Metric } from "@trainscope/core";
import { SPLITS } from "@trainscope/core/events";
import type { Numbers } from "./accumulators/append.ts";
import { type PredictedRows, predictedRows } from "./accumulators/predicted-rows.ts";
import { checkChoice, checkNames, checkWhole, type MetricOptions } from "./options.ts";
import { sortAscending } from "./sort-ascending.ts";

/** How confidences are put in bins. */
export interface BinOptions extends MetricOptions {
  /** 15 where left out. */
  readonly bins?: number;
  /** How confidences are put in bins: of equal `width` (where left out), or of equal `mass`, as many rows in each. */
  readonly binning?: "width" | "mass";
}

/** What `calibrationError` takes. */
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
export function calibrationError(options: CalibrationOptions = {}): Metric<PredictedRows> {
  checkNames("calibrationError", options, ["bins", "binning", "error"]);
  const { bins = 15, binning = "width", error = "mean", splits = SPLITS } = options;
  checkBins("calibrationError", bins, binning);
  checkChoice("calibrationError", "error", error, ["mean", "max"]);
  const { name = `${binning === "mass" ? "adaptive-" : ""}${error === "max" ? "mce" : "ece"}` } = options;
  const bin = binning === "mass" ? "bins of as many rows each" : "bins of equal width";
  const description =
    error === "max"
      ? `How far confidence is from accuracy where it is farthest, in ${bin}.`
      : `How far confidence is from accuracy on average, in ${bin}.`;
  return {
    name,
    description,
    splits,
    direction: "min",
    unit: "fraction",
    display: { baseline: 0 },
    ...predictedRows,
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

/** Of each state, by number and kind of bins, so that all who ask for them sort rows into them once. */
const known = new WeakMap<PredictedRows, Map<string, readonly CalibrationBin[]>>();

/** Without empty bins, from the least certain. */
export function calibrationBins(
  state: PredictedRows,
  bins: number,
  binning: "width" | "mass",
): readonly CalibrationBin[] {
  const ofState = known.get(state) ?? new Map<string, readonly CalibrationBin[]>();
  known.set(state, ofState);
  const key = `${bins} ${binning}`;
  const found = ofState.get(key) ?? countBins(state, bins, binning);
  ofState.set(key, found);
  return found;
}

function countBins(
  { rows, confidences, hits }: PredictedRows,
  bins: number,
  binning: "width" | "mass",
): readonly CalibrationBin[] {
  const own = confidences.subarray(0, rows);
  const bounds = binning === "width" ? equalWidth(bins) : equalMass(own, bins);
  const firstBins = firstBinsOf(bounds);
  const [counts, sums, right] = [new Float64Array(bins), new Float64Array(bins), new Float64Array(bins)];
  for (let row = 0; row < rows; row++) {
    const confidence = own[row] as number;
    // The first bin whose upper bound is not below.
    let bin = firstBins[cellOf(confidence)] as number;
    while (bin < bounds.length && (bounds[bin] as number) < confidence) bin++;
    counts[bin] = (counts[bin] as number) + 1;
    sums[bin] = (sums[bin] as number) + confidence;
    right[bin] = (right[bin] as number) + (hits[row] as number);
  }
  return Array.from(counts, (count, bin) => ({
    rows: count,
    confidence: (sums[bin] as number) / count,
    accuracy: (right[bin] as number) / count,
  })).filter((bin) => bin.rows > 0);
}

/** Between bins: one less than there are bins. */
function equalWidth(bins: number): Float64Array {
  return Float64Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
}

function equalMass(confidences: Numbers, bins: number): Float64Array {
  const sorted = sortAscending(confidences.slice());
  return equalWidth(bins).map((share) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] as number;
    const above = sorted[Math.ceil(place)] as number;
    return below + (place - Math.floor(place)) * (above - below);
  });
}

/** So fine that a cell mostly has one bin or two. */
const CELLS = 256;

/** Which of `CELLS` equal parts of 0 to 1 a value is in. */
function cellOf(value: number): number {
  return Math.min(CELLS - 1, Math.max(0, Math.floor(value * CELLS)));
}

/** For each cell the bin of its least value: where to begin to look for that of another. */
function firstBinsOf(bounds: Float64Array): Uint32Array {
  let bin = 0;
  return Uint32Array.from({ length: CELLS }, (_, cell) => {
    while (bin < bounds.length && (bounds[bin] as number) < cell / CELLS) bin++;
    return bin;
  });
}
