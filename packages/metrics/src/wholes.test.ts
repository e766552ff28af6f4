// Vectors by class, matrices and curves against scikit-learn's: fixtures/make-fixtures.py.
import type { AnyMetric, MetricBatch, MetricCurve } from "@trainscope/core";
import { createMetricBatch, describeMetric, evaluateMetric } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import scores from "../fixtures/scores.json" with { type: "json" };
import { confusion, fBeta, precision, precisionRecallCurves, recall, reliability, rocCurves } from "./index.ts";

type Places = readonly (readonly number[])[];

interface Fixture {
  readonly name: string;
  readonly classes: number;
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
  readonly vectors?: Readonly<Record<string, readonly (number | null)[]>>;
  readonly matrices?: Readonly<Record<string, Places>>;
  readonly curves?: Readonly<Record<string, Readonly<Record<string, Places | null>>>>;
}

const fixtures = (scores as readonly Fixture[]).filter(({ labels }) => labels.length > 0);
const vectors = [
  precision({ average: "none" }),
  recall({ average: "none" }),
  fBeta({ beta: 2, average: "none" }),
];
const matrices = [confusion(), confusion({ normalize: "true", name: "confusion-of-true" })];
const curves: readonly AnyMetric[] = [reliability(), rocCurves(), precisionRecallCurves()];
const metrics: readonly AnyMetric[] = [...vectors, ...matrices, ...curves];

for (const metric of metrics) describeMetric(metric);
describeMetric(rocCurves(), { classes: 2 });

function batchOf({ classes, labels, probabilities }: Fixture): MetricBatch {
  return {
    ...createMetricBatch(0, 0, classes),
    size: labels.length,
    labels: Uint8Array.from(labels),
    probabilities: Float64Array.from(probabilities),
  };
}

describe.each(fixtures)("scikit-learn gives the same: $name", (fixture) => {
  const batch = batchOf(fixture);

  it("vectors by class", () => {
    for (const metric of vectors) {
      const [found, expected] = [evaluateMetric(metric, [batch]), fixture.vectors?.[metric.name]];
      expect(expected).toHaveLength(fixture.classes);
      expect(Array.from(found ?? [], rounded), metric.name).toEqual(expected?.map(rounded));
    }
  });

  it("matrices", () => {
    for (const metric of matrices) {
      const found = evaluateMetric(metric, [batch])?.map((row) => Array.from(row, rounded));
      expect(found, metric.name).toEqual(fixture.matrices?.[metric.name]?.map((row) => row.map(rounded)));
    }
  });
});

describe.each(fixtures.filter((fixture) => fixture.curves))("scikit-learn gives the same: $name", (fixture) => {
  it("curves: all places are scikit-learn's, and none of those is far from the line", () => {
    for (const metric of curves) {
      const found = (evaluateMetric(metric, [batchOf(fixture)]) ?? []) as readonly MetricCurve[];
      const expected = Object.entries(fixture.curves?.[metric.name] ?? {}).filter(
        ([, places]) => places !== null,
      );
      expect(found.map(({ name }) => name)).toEqual(expected.map(([name]) => name));
      found.forEach(({ name, x, y }, index) => {
        const [xs = [], ys = []] = expected[index]?.[1] ?? [];
        const distance = (i: number, j: number): number =>
          Math.max(Math.abs((x[i] ?? 9) - (xs[j] ?? -9)), Math.abs((y[i] ?? 9) - (ys[j] ?? -9)));
        const [ours, theirs] = [Array.from(x, (_, i) => i), xs.map((_, j) => j)];
        const furthest = Math.max(...ours.map((i) => Math.min(...theirs.map((j) => distance(i, j)))));
        expect(furthest, `${metric.name}, ${name}`).toBeLessThan(1e-4);
        // scikit-learn adds the place of recall 0 and precision 1, which no threshold has.
        const reached = theirs.filter((j) => metric.name !== "precision-recall-curves" || xs[j] !== 0);
        const left = Math.max(...reached.map((j) => distanceToLine([xs[j] ?? -9, ys[j] ?? -9], x, y)));
        expect(left, `${metric.name}, ${name}`).toBeLessThan(0.0202);
      });
    }
  });
});

/** From a place to the nearest of a line that goes from place to place. */
function distanceToLine(
  [px, py]: readonly [number, number],
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): number {
  const distances = Array.from({ length: x.length }, (_, i) => {
    const [ax, ay] = [x[i] as number, y[i] as number];
    const [dx, dy] = [(x[i + 1] ?? ax) - ax, (y[i + 1] ?? ay) - ay];
    const share = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1);
    const along = Math.max(0, Math.min(1, share));
    return Math.hypot(px - ax - along * dx, py - ay - along * dy);
  });
  return Math.min(...distances);
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(9));
}
