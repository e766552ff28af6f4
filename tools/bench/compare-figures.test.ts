import { expect, it } from "vitest";
import { compareFigures } from "./compare-figures.ts";

const right = { loss: 2, cost: 2.3, accuracy: 0.3, validationLoss: 2.1, validationAccuracy: 0.28 };

it("the same, or within the tolerance, is right", () => {
  expect(compareFigures(right, right, 0)).toEqual([]);
  expect(compareFigures({ ...right, loss: 2.0001 }, right, 1e-4)).toEqual([]);
});

it("a loss further off is told with both numbers", () => {
  expect(compareFigures({ ...right, loss: 2.001 }, right, 1e-4)).toEqual([
    "loss is 2.001; expected 2 to within 0.00020",
  ]);
});

it("so is each other figure, and one that is left out is not missed", () => {
  expect(compareFigures({ loss: 2, validationLoss: 3, accuracy: 0.5 }, right, 1e-4)).toHaveLength(2);
});
