import { expect, test } from "vitest";
import type { ModelOnTest } from "../../stages/results.ts";
import { classWords, confusedPairs, confusionWords } from "./answers.ts";

function modelOf(confusion: number[][]): ModelOnTest {
  const names = ["cat", "dog", "ship", "truck"].slice(0, confusion.length);
  const images = confusion.flat().reduce((sum, n) => sum + n, 0);
  const right = confusion.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
  return {
    title: "m",
    images,
    accuracy: right / images,
    confusion,
    mistakes: [],
    classes: confusion.map((row, k) => {
      const total = row.reduce((sum, n) => sum + n, 0);
      return {
        name: names[k] ?? "",
        images: total,
        recall: total === 0 ? null : (row[k] ?? 0) / total,
        precision: null,
        mostConfusedWith: k === 3 ? { name: "ship", images: 15 } : null,
      };
    }),
  };
}

const model = modelOf([
  [60, 30, 5, 5],
  [20, 75, 5, 0],
  [1, 0, 84, 15],
  [1, 0, 59, 40],
]);

test("pairs count both ways, the most frequent first, each with its more frequent mistake first", () => {
  expect(confusedPairs(model).slice(0, 2)).toEqual([
    { names: ["truck", "ship"], images: [59, 15] },
    { names: ["cat", "dog"], images: [30, 20] },
  ]);
});

test("words name the pairs, their images and their share of all mistakes", () => {
  const words = confusionWords(model).replaceAll("\u00a0", " ");
  expect(words).toContain("Of 400 test images 141 are answered wrong.");
  expect(words).toContain("truck and ship (59 images of truck answered ship, 15 the other way round)");
  // 74 + 50 + 6 of 141.
  expect(words).toContain("92 % of all mistakes");
});

test("without a mistake there is no pair, and no division by nothing", () => {
  expect(
    confusionWords(
      modelOf([
        [5, 0],
        [0, 5],
      ]),
    ),
  ).toBe("All 10 test images are answered right.");
  expect(
    classWords(
      modelOf([
        [5, 0],
        [0, 5],
      ]),
    ).replaceAll("\u00a0", " "),
  ).toBe("Of every class 100.0 % of the images are answered right.");
});

test("the best and the worst class are named, a class without images is neither", () => {
  expect(classWords(model).replaceAll("\u00a0", " ")).toBe(
    "The class answered right most often is ship (84.0 % of its images), least often truck (40.0 %). Its images are " +
      "most often taken for ship (15 images).",
  );
  expect(
    classWords(
      modelOf([
        [0, 0],
        [1, 4],
      ]),
    ),
  ).toBe("");
});
