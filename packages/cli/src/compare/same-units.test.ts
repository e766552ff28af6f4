import { metricInfo } from "@trainscope/core/testing";
import { expect, it } from "vitest";
import { createComparison } from "./comparison.ts";
import { endMade, runMade } from "./testing/runs.ts";

const ACCURACY = "validation/accuracy";
const inPerCent = metricInfo("validation", "accuracy", { unit: "%" });

it("figures in per cent become fractions beside those of a run that has fractions, and only there", () => {
  const test = metricInfo("test", "accuracy");
  const fractions = runMade({
    runId: "a",
    metrics: [metricInfo("validation", "accuracy"), test],
    accuracies: [0.5],
  });
  const perCent = runMade({
    runId: "b",
    metrics: [inPerCent, { ...test, unit: "%" }],
    accuracies: [25, null, 75],
    after: [endMade({ "test/accuracy": 70 }, 3)],
  });
  const [, shown] = createComparison([fractions, perCent]).runs;
  expect(shown?.history.series.get(ACCURACY)?.values).toEqual([0.25, null, 0.75]);
  expect(shown?.best.get(ACCURACY)).toEqual({ x: 3, value: 0.75 });
  expect([shown?.metrics.get(ACCURACY)?.unit, shown?.test["test/accuracy"]]).toEqual(["fraction", 0.7]);
  const [alone] = createComparison([perCent, runMade({ runId: "c", metrics: [inPerCent] })]).runs;
  expect(alone?.history.series.get(ACCURACY)?.values).toEqual([25, null, 75]);
});
