import { expect, test } from "vitest";
import { seededModelOnTest, seededOptionalResults } from "../../testing/study.ts";
import { finalWords, percentWithError } from "./final.ts";

const { final } = seededOptionalResults();

const wordsOf = (accuracy: number, exactOptimum: number | null): string => {
  const onTest = { ...seededModelOnTest("Final", 0.4, 1), accuracy, images: 10_000 };
  return finalWords({ ...final, onTest, exactOptimum }).replaceAll("\u00a0", " ");
};

test("± is the standard error √(p(1 − p)/n)", () => {
  expect(percentWithError(0.415, 10_000).replaceAll("\u00a0", " ")).toBe("41.5 ± 0.5 %");
  expect(percentWithError(0.5, 100).replaceAll("\u00a0", " ")).toBe("50.0 ± 5.0 %");
});

test("how close to the exact optimum: the same, near, clearly below, clearly above, unknown", () => {
  expect(wordsOf(0.417, 0.41702)).toContain("and this model is there");
  expect(wordsOf(0.414, 0.417)).toContain(
    "0.3 points below that, which is within 2 standard errors of 0.5 points",
  );
  expect(wordsOf(0.42, 0.417)).toContain("0.3 points above that, which is within");
  expect(wordsOf(0.4, 0.417)).toContain("1.7 points below that, more than 2 standard errors");
  expect(wordsOf(0.45, 0.417)).toContain("3.3 points above that, more than 2 standard errors");
  expect(wordsOf(0.4, null)).not.toContain("exact");
});

test("a model that diverged has no figure", () => {
  const words = finalWords({ ...final, testLoss: null });
  expect(words).toContain("the model diverged");
  expect(words).not.toMatch(/%|NaN/);
});
