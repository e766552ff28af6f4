// The logic of the charts of one model on the test split: confusion matrix, classes, histograms; and of the others.
import type { ClassOnTest } from "@trainscope/core/analysis";
import type { ChartSpecification } from "@trainscope/viz";
import { confusionSpecification } from "@trainscope/viz";
import type { Panel } from "@trainscope/viz/parts";
import { describe, expect, test } from "vitest";
import type { GradientCheckResult } from "../stages/results.ts";
import {
  seededGradientCheck,
  seededHistograms,
  seededModelOnTest,
  seededOptionalResults,
} from "../testing/study.ts";
import { byRecall } from "./class-accuracy.ts";
import { gradientCheckSpecification } from "./gradient-check.ts";
import { modelConfusionSpecification } from "./model-confusion.ts";
import { probabilityHistogramSpecification } from "./probability-histograms.ts";
import { schedulesSpecification } from "./schedules.ts";

type Row = Readonly<Record<string, unknown>>;

/** The rows of every layer of a plot that draws this mark. */
function rowsOf(plot: unknown, mark: string): Row[] {
  return (plot as Panel).layer
    .filter((one) => "mark" in one && typeof one.mark === "object" && one.mark.type === mark)
    .flatMap((one) => (one.data as { values: Row[] } | undefined)?.values ?? []);
}

describe("confusion matrix", () => {
  const model = seededModelOnTest("model", 0.4, 2);

  test("a row is a true class, its per cent add up to 100, its counts are printed as they are", () => {
    const { values } = (modelConfusionSpecification(model) as unknown as { data: { values: Row[] } }).data;
    model.classes.forEach(({ name }, k) => {
      const row = values.filter(({ label }) => label === name);
      expect(row.map(({ text }) => text)).toEqual(model.confusion[k]?.map(String));
      expect(row.reduce((sum, { percent }) => sum + Number(percent), 0)).toBeCloseTo(100, 9);
    });
  });

  test("per cent are printed where they are asked for", () => {
    const counts = [
      [3, 1],
      [0, 0],
    ];
    const names = ["cat", "dog"];
    const spec = confusionSpecification({ counts, names, values: "percent" }) as unknown as {
      data: { values: Row[] };
    };
    expect(spec.data.values.map(({ text }) => text)).toEqual(["75.0", "25.0", "0.0", "0.0"]);
  });
});

test("classes are sorted by recall, those without an image last", () => {
  const recalls = [0.2, null, 0.9, 0, 0.5].map((recall) => ({ recall }) as ClassOnTest);
  expect(byRecall(recalls).map(({ recall }) => recall)).toEqual([0.9, 0.5, 0.2, 0, null]);
});

test("histograms are drawn at the same scale, which holds the fullest bin, and lose no image", () => {
  const histograms = seededHistograms();
  const { hconcat } = probabilityHistogramSpecification(histograms) as unknown as { hconcat: Panel[] };
  const domains = hconcat.map(({ layer }) => {
    const { encoding } = layer[0] as unknown as { encoding: { y: { scale: { domain: [number, number] } } } };
    return encoding.y.scale.domain;
  });
  expect(domains[0]).toEqual(domains[1]);
  expect(domains[0]?.[1]).toBeGreaterThanOrEqual(Math.max(...histograms.flatMap(({ wrong }) => wrong)));
  hconcat.forEach((plot, index) => {
    const bins = rowsOf(plot, "rect");
    expect(bins.map(({ s0 }) => s0)).toEqual(histograms[index]?.right);
    expect(bins.map(({ s1 }) => s1)).toEqual(histograms[index]?.wrong);
  });
});

describe("schedules", () => {
  const { baseline, variants } = seededOptionalResults();
  const plotsOf = (spec: ChartSpecification) => (spec as unknown as { vconcat: Panel[] }).vconcat;

  test("only they and the baseline are shown", () => {
    const [rates] = plotsOf(schedulesSpecification([baseline, ...variants]));
    const names = new Set(rowsOf(rates, "line").map(({ series }) => series));
    expect([...names]).toEqual([
      "Baseline",
      "Ten times the rate",
      "Step decay",
      "Decay ×0.9",
      "Cosine",
      "Cyclical",
    ]);
  });

  test("a rate of zero has no place on a log axis, and is a gap", () => {
    const [rates] = plotsOf(schedulesSpecification([{ ...baseline, learningRates: [0.1, 0, 0.001] }]));
    expect(
      rowsOf(rates, "line")
        .slice(0, 3)
        .map(({ value }) => value),
    ).toEqual([0.1, null, 0.001]);
  });
});

describe("gradient check", () => {
  const result = seededGradientCheck();
  const drawn = (changes: Partial<GradientCheckResult["rows"][0]>) => {
    const [first, ...others] = result.rows as [GradientCheckResult["rows"][0], ...GradientCheckResult["rows"]];
    return gradientCheckSpecification({ ...result, rows: [{ ...first, ...changes }, ...others] });
  };

  test("every case has its point below the tolerance where all pass", () => {
    const points = rowsOf(gradientCheckSpecification(result), "point");
    expect(points).toHaveLength(result.rows.length);
    for (const { shown, verdict } of points) {
      expect(Number(shown)).toBeLessThan(result.tolerance);
      expect(verdict).toBe("passes");
    }
  });

  test("what is no number stands above the tolerance, and fails; what doesn't differ at all is on the axis", () => {
    const [lost] = rowsOf(drawn({ maxAbsoluteDifference: Number.NaN, passed: false }), "point");
    expect(Number(lost?.shown)).toBeGreaterThan(result.tolerance);
    expect([lost?.difference, lost?.verdict]).toEqual(["no number", "fails"]);
    const [equal] = rowsOf(drawn({ maxAbsoluteDifference: 0 }), "point");
    expect(Number(equal?.shown)).toBeGreaterThan(0);
    expect(equal?.difference).toBe("0");
  });
});
