// Thresholds as curves, one a class, in as many places as a chart can show.
import type { MetricCurve } from "@trainscope/core";
import type { ScoredRows } from "./accumulators/scored-rows.ts";
import { exactThresholds, type Thresholds } from "./thresholds.ts";

/** Of either axis, both of which go from 0 to 1. */
const LEAST_STEP = 0.01;
const DECIMALS = 1e4;

export type Place = readonly [number, number];

/**
 * `placesOf` gives a class's curve, and none where it has none. Places that are next to the one before are left out, but
 * for the last. `null` where there is no curve, or a probability is no number.
 */
export function classCurves(
  rows: ScoredRows,
  placesOf: (thresholds: Thresholds) => readonly Place[],
): readonly MetricCurve[] | null {
  const curves: MetricCurve[] = [];
  for (let k = 0; k < rows.classes; k++) {
    const thresholds = exactThresholds(rows, k);
    if (thresholds === null) return null;
    const places = thin(placesOf(thresholds));
    if (places.length === 0) continue;
    const [x, y] = [0, 1].map((axis) => places.map((place) => rounded(place[axis] as number)));
    curves.push({ name: rows.classNames[k] ?? String(k), x: x as number[], y: y as number[] });
  }
  return curves.length === 0 ? null : curves;
}

function thin(places: readonly Place[]): readonly Place[] {
  let [x, y] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return places.filter((place, i) => {
    const isKept =
      i === places.length - 1 || Math.abs(place[0] - x) >= LEAST_STEP || Math.abs(place[1] - y) >= LEAST_STEP;
    if (isKept) [x, y] = place;
    return isKept;
  });
}

function rounded(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
