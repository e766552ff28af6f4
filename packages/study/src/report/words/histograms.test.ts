import { expect, test } from "vitest";
import { histogramWords, summariseHistogram } from "./histograms.ts";

/** Ten bins, each image in the bin of its probability. */
function histogram(title: string, right: readonly [number, number][], wrong: readonly [number, number][]) {
  const bins = (counts: readonly [number, number][]): number[] =>
    Array.from({ length: 10 }, (_, i) => counts.find(([bin]) => bin === i)?.[1] ?? 0);
  return { title, right: bins(right), wrong: bins(wrong) };
}

test("means are those of the bins' middles", () => {
  const summary = summariseHistogram(
    histogram(
      "A",
      [
        [9, 3],
        [5, 1],
      ],
      [
        [0, 1],
        [1, 1],
      ],
    ),
  );
  expect(summary.right?.value).toBeCloseTo((3 * 0.95 + 0.55) / 4);
  expect(summary.wrong?.value).toBeCloseTo(0.1);
  expect(summary.wrongBelow).toBe(0.5);
});

test("which is surer, and whose answers are further apart, with the numbers", () => {
  const softmax = histogram(
    "Softmax",
    [
      [8, 500],
      [6, 500],
    ],
    [
      [0, 500],
      [1, 500],
    ],
  );
  const sigmoid = histogram(
    "Sigmoid",
    [
      [5, 500],
      [3, 500],
    ],
    [
      [0, 500],
      [1, 500],
    ],
  );
  const words = histogramWords([softmax, sigmoid]).join(" ");
  expect(words).toContain(
    "Softmax gives the true class a probability of 0.75 on average where the answer is right",
  );
  expect(words).toContain("Softmax is surer of its right answers than Sigmoid");
  expect(words).toContain("further apart with Softmax (the means differ by 0.65 and 0.35)");
  expect(histogramWords([sigmoid, softmax]).join(" ")).toContain(
    "Softmax is surer of its right answers than Sigmoid",
  );
});

test("what differs by less than its error is called equal", () => {
  const one = histogram(
    "A",
    [
      [8, 50],
      [2, 50],
    ],
    [
      [0, 50],
      [1, 50],
    ],
  );
  const other = histogram(
    "B",
    [
      [8, 51],
      [2, 49],
    ],
    [
      [0, 50],
      [1, 50],
    ],
  );
  const words = histogramWords([one, other]).join(" ");
  expect(words).toContain("A and B are equally sure of their right answers");
  expect(words).toContain("equally far apart in both");
});

test("a model that is never right, or never wrong, has no mean there", () => {
  expect(histogramWords([histogram("A", [], [[0, 5]])])).toEqual([
    expect.stringContaining("where it is wrong"),
  ]);
  expect(histogramWords([histogram("A", [], []), histogram("B", [[1, 1]], [])])).toHaveLength(1);
  expect(histogramWords([])).toEqual([]);
});
