// Every score against scikit-learn's, on random and on degenerate inputs: fixtures/make-fixtures.py.
import type { AnyMetric, MetricBatch } from "@trainscope/core";
import { createMetricBatch, describeMetric, evaluateMetric } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import scores from "../fixtures/scores.json" with { type: "json" };
import {
  auroc,
  averagePrecision,
  balancedAccuracy,
  brier,
  calibrationError,
  cohenKappa,
  entropy,
  fBeta,
  matthews,
  negativeLogLikelihood,
  precision,
  recall,
  topK,
} from "./index.ts";

interface Fixture {
  readonly name: string;
  readonly classes: number;
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
  readonly figures: Readonly<Record<string, number | null>>;
}

const fixtures: readonly Fixture[] = scores;

const AVERAGES = ["macro", "micro", "weighted"] as const;
const metrics: readonly AnyMetric[] = [
  ...[1, 2, 5].map((k) => topK({ k })),
  brier(),
  negativeLogLikelihood(),
  entropy(),
  balancedAccuracy(),
  matthews(),
  cohenKappa(),
  ...AVERAGES.flatMap((average) => [precision({ average }), recall({ average })]),
  ...AVERAGES.flatMap((average) => [1, 2, 0.5].map((beta) => fBeta({ beta, average }))),
  auroc(),
  auroc({ bins: 50, name: "auroc-binned" }),
  averagePrecision(),
  averagePrecision({ bins: 50, name: "average-precision-binned" }),
  ...[15, 4].flatMap((bins) =>
    (["width", "mass"] as const).flatMap((binning) =>
      (["mean", "max"] as const).map((error) => {
        const plain = calibrationError({ bins, binning, error });
        return calibrationError({ bins, binning, error, name: `${plain.name}-${bins}` });
      }),
    ),
  ),
];

for (const metric of metrics) describeMetric(metric);

type Precision = typeof Float32Array | typeof Float64Array;

function batchOf(
  { classes, labels, probabilities }: Fixture,
  kind: Precision,
  first: number,
  end: number,
): MetricBatch {
  return {
    ...createMetricBatch(0),
    size: end - first,
    classes,
    labels: Uint8Array.from(labels.slice(first, end)),
    probabilities: kind.from(probabilities.slice(first * classes, end * classes)),
    losses: new kind(end - first),
  };
}

function evaluate(metric: AnyMetric, fixture: Fixture, kind: Precision): number | null {
  const rows = fixture.labels.length;
  const cuts = [0, 1, 24, 137, rows].filter((cut) => cut <= rows);
  const batches = cuts.slice(1).map((cut, i) => batchOf(fixture, kind, cuts[i] ?? 0, cut));
  return evaluateMetric(metric, batches) as number | null;
}

describe("scikit-learn gives the same, to 1e-9, and of float32 to 1e-5", () => {
  it.each(fixtures.filter(({ labels }) => labels.length > 0))("$name", (fixture) => {
    expect(metrics.map(({ name }) => name).sort()).toEqual(Object.keys(fixture.figures).sort());
    for (const metric of metrics) {
      const expected = fixture.figures[metric.name] ?? null;
      for (const [kind, tolerance] of [[Float64Array, 1e-9] as const, [Float32Array, 1e-5] as const]) {
        const found = evaluate(metric, fixture, kind);
        if (found === null || expected === null) expect(found, metric.name).toBe(expected);
        else
          expect(Math.abs(found - expected), `${metric.name}: ${found}, ${expected}`).toBeLessThan(tolerance);
      }
    }
  });

  it("has no figure without rows", () => {
    const none = fixtures.find(({ labels }) => labels.length === 0) as Fixture;
    const batch = batchOf(none, Float32Array, 0, 0);
    for (const metric of metrics) {
      expect(evaluateMetric(metric, []), metric.name).toBeNull();
      expect(evaluateMetric(metric, [batch]), metric.name).toBeNull();
    }
  });
});

describe("a row whose probabilities are no numbers", () => {
  const fixture = fixtures[0] as Fixture;
  const whole = batchOf(fixture, Float64Array, 0, 10);
  const broken = { ...whole, probabilities: whole.probabilities.map((p, i) => (i < 10 ? Number.NaN : p)) };
  const of = (metric: AnyMetric, batch: MetricBatch) => evaluateMetric(metric, [batch]) as number | null;

  it("is no hit", () => {
    const right = (of(topK({ k: 1 }), { ...broken, size: 10 }) ?? 0) * 10;
    const others = {
      ...whole,
      size: 9,
      labels: whole.labels.slice(1),
      probabilities: whole.probabilities.slice(10),
    };
    expect(right).toBeCloseTo((of(topK({ k: 1 }), others) ?? 0) * 9, 12);
    expect(of(recall({ average: "micro" }), broken)).toBeCloseTo(right / 10, 12);
    expect(of(precision({ average: "micro" }), broken)).toBeCloseTo(right / 9, 12);
  });

  it("leaves figures of probabilities without a value, which they are: not a finite one, or null", () => {
    for (const metric of [brier(), entropy(), negativeLogLikelihood()]) expect(of(metric, broken)).toBeNaN();
    for (const metric of [auroc(), auroc({ bins: 5 }), averagePrecision()])
      expect(of(metric, broken)).toBeNull();
  });
});
