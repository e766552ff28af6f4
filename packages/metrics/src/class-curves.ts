// Thresholds as curves, one a class, in as many places as a chart can show.
import type { MetricCurve } from "@trainscope/core";
import type { ScoredRows } from "./accumulators/scored-rows.ts";
import { exactThresholds, type Thresholds } from "./thresholds.ts";

/** Of either axis, both of which go from 0 to 1: what is nearer to the place before is left out, but for the last. */
export const LEAST_STEP = 0.01;
const DECIMALS = 1e4;

/** What a class's curve is drawn from. */
export interface ClassThresholds extends Thresholds {
  /** Images of the class, and others. */
  readonly own: number;
  readonly others: number;
}

/** The places of a curve, as many `x` as `y`. */
export interface Places {
  readonly x: number[];
  readonly y: number[];
}

/**
 * `placesOf` gives none where the class has no curve. `null` where there is no curve, or a probability is no number.
 */
export function classCurves(
  rows: ScoredRows,
  placesOf: (thresholds: ClassThresholds) => Places | undefined,
): readonly MetricCurve[] | null {
  const curves: MetricCurve[] = [];
  for (let k = 0; k < rows.classes; k++) {
    const thresholds = exactThresholds(rows, k);
    if (thresholds === null) return null;
    const own = thresholds.truePositives.at(-1) ?? 0;
    const others = thresholds.falsePositives.at(-1) ?? 0;
    const places = placesOf({ ...thresholds, own, others });
    if (places === undefined) continue;
    const name = rows.classNames[k] ?? String(k);
    curves.push({ name, x: places.x.map(rounded), y: places.y.map(rounded) });
  }
  return curves.length === 0 ? null : curves;
}

function rounded(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
