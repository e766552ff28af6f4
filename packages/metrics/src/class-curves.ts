// Thresholds as curves, one a class, in as many places as a chart can show.
import type { MetricCurve } from "@trainscope/core";
import type { ScoredRows } from "./accumulators/scored-rows.ts";
import { exactThresholds, type Thresholds } from "./thresholds.ts";

/** Of either axis, both of which go from 0 to 1. */
const LEAST_STEP = 0.01;
const DECIMALS = 1e4;

/** Where a threshold stands, by the images that are taken for the class: those that are of it, and others. */
export interface CurveAxes {
  /** It has a place at (0, 0), above all thresholds. */
  readonly beginsAtZero: boolean;
  x(found: number, wrong: number): number;
  y(found: number, wrong: number): number;
}

/**
 * `axesOf` gets the class's images and the others, and gives none where the class has no curve. Places that are next to
 * the one before are left out, but for the last. `null` where there is no curve, or a probability is no number.
 */
export function classCurves(
  rows: ScoredRows,
  axesOf: (own: number, others: number) => CurveAxes | undefined,
): readonly MetricCurve[] | null {
  const curves: MetricCurve[] = [];
  for (let k = 0; k < rows.classes; k++) {
    const thresholds = exactThresholds(rows, k);
    if (thresholds === null) return null;
    const axes = axesOf(thresholds.truePositives.at(-1) ?? 0, thresholds.falsePositives.at(-1) ?? 0);
    if (axes === undefined) continue;
    const name = rows.classNames[k] ?? String(k);
    curves.push({ name, ...placesOf(thresholds, axes, axes.beginsAtZero ? [0] : []) });
  }
  return curves.length === 0 ? null : curves;
}

function placesOf({ truePositives, falsePositives }: Thresholds, axes: CurveAxes, first: readonly number[]) {
  const [xs, ys] = [[...first], [...first]];
  let x = first[0] ?? Number.NEGATIVE_INFINITY;
  let y = x;
  const last = truePositives.length - 1;
  for (let i = 0; i <= last; i++) {
    const found = truePositives[i] as number;
    const wrong = falsePositives[i] as number;
    const nextX = axes.x(found, wrong);
    const nextY = axes.y(found, wrong);
    if (i < last && Math.abs(nextX - x) < LEAST_STEP && Math.abs(nextY - y) < LEAST_STEP) continue;
    x = nextX;
    y = nextY;
    xs.push(rounded(x));
    ys.push(rounded(y));
  }
  return { x: xs, y: ys };
}

function rounded(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
