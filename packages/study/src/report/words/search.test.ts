import { expect, test } from "vitest";
import type { SearchPoint, SearchResult } from "../../stages/results.ts";
import { seededSearch } from "../../testing/study.ts";
import { searchWords } from "./search.ts";

const point = (
  learningRate: number,
  validationAccuracy: number | null,
  more: Partial<SearchPoint> = {},
): SearchPoint => ({
  pass: "fine",
  lambda: 0.01,
  learningRate,
  batchSize: 100,
  epochs: 12,
  validationAccuracy,
  validationLoss: 1.7,
  ...more,
});

function wordsOf(points: readonly SearchPoint[], chosen: SearchPoint, validationImages = 5000): string {
  const search: SearchResult = { ...seededSearch(), points, chosen, validationImages };
  return searchWords(search).join(" ").replaceAll("\u00a0", " ");
}

test("passes, diverged runs and the choice are told with their numbers", () => {
  const chosen = point(0.002, 0.412);
  const words = wordsOf(
    [point(0.1, null, { pass: "coarse" }), point(0.001, 0.3, { pass: "coarse" }), chosen],
    chosen,
  );
  expect(words).toContain(
    "trained 2 places of a coarse grid and 1 of a finer one around the best of those; one run diverged.",
  );
  expect(words).toContain(
    "It chose λ = 0.01, η = 0.002, batch 100, with the least validation loss; its validation accuracy is 41.2 % after 12 epochs.",
  );
});

test("places that the images can't tell from the chosen one are counted", () => {
  const chosen = point(0.002, 0.41);
  const around = [point(0.001, 0.4), point(0.004, 0.35)];
  // Two standard errors of a difference: 2 √(2 · 0.41 · 0.59 / 5000) = 1.97 points.
  expect(wordsOf([chosen, ...around], chosen)).toContain(
    "The accuracy of 1 of the 2 other places of the fine grid is within",
  );
  expect(wordsOf([chosen, ...around], chosen)).toContain("(2.0 points)");
  expect(wordsOf([chosen, ...around], chosen, 500_000)).toContain(
    "All other places of the fine grid have an accuracy that is lower",
  );
});

test("a choice at the grid's edge may have a better one beyond; one within, or at λ = 0, has not", () => {
  const [low, middle, high] = [point(0.001, 0.4), point(0.002, 0.41), point(0.004, 0.4)];
  expect(wordsOf([low, middle, high], high)).toContain("has the largest η (0.004) that was tried");
  expect(wordsOf([low, middle, high], low)).toContain("has the smallest η (0.001) that was tried");
  expect(wordsOf([low, middle, high], middle)).not.toContain("may lie beyond");
  const none = point(0.002, 0.41, { lambda: 0 });
  expect(wordsOf([low, none, high], none)).not.toContain("may lie beyond");
});
