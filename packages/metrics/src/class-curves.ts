// Thresholds as curves, one a class, in as many places as a chart can show.
import type { MetricCurve } from "@trainscope/core";
import type { ScoredRows } from "./accumulators/scored-rows.ts";
import { exactThresholds, type Thresholds } from "./thresholds.ts";

/** Of either axis, both of which go from 0 to 1: what is nearer to the place before is left out, but for the last. */
const LEAST_STEP = 0.02;
const DECIMALS = 1e4;

/** A curve as it is drawn, from place to place. */
export class Line {
  readonly x: number[] = [];
  readonly y: number[] = [];
  private lastX = Number.NEGATIVE_INFINITY;
  private lastY = Number.NEGATIVE_INFINITY;

  /** Goes to a place by a straight line; one that is near is left out. */
  goTo(x: number, y: number): void {
    if (Math.abs(x - this.lastX) < LEAST_STEP && Math.abs(y - this.lastY) < LEAST_STEP) return;
    this.add(x, y);
  }

  endAt(x: number, y: number): void {
    if (x !== this.lastX || y !== this.lastY) this.add(x, y);
  }

  private add(x: number, y: number): void {
    this.lastX = x;
    this.lastY = y;
    this.x.push(Math.round(x * DECIMALS) / DECIMALS);
    this.y.push(Math.round(y * DECIMALS) / DECIMALS);
  }
}

/** `draw` tells whether the class has a curve. `null` where there is none, or a probability is no number. */
export function classCurves(
  rows: ScoredRows,
  draw: (thresholds: Thresholds, line: Line) => boolean,
): readonly MetricCurve[] | null {
  const curves: MetricCurve[] = [];
  for (const [k, thresholds] of exactThresholds(rows).entries()) {
    if (thresholds === null) return null;
    const line = new Line();
    if (!draw(thresholds, line)) continue;
    curves.push({ name: rows.classNames[k] ?? String(k), x: line.x, y: line.y });
  }
  return curves.length === 0 ? null : curves;
}
