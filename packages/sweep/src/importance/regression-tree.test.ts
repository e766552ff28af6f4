import { createRandom } from "@trainscope/core";
import { expect, it } from "vitest";
import { growTree } from "./regression-tree.ts";

it("tells neighbouring doubles apart, though halfway between them rounds to the upper one", () => {
  const [low, high] = [0.5 + 2 ** -53, 0.5 + 2 ** -52];
  expect((low + high) / 2).toBe(high);
  const samples = { axes: [{ kind: "interval" as const }], places: [[low], [high]], values: [0, 1] };
  const trees = Array.from({ length: 10 }, (_, seed) => growTree(samples, createRandom(seed, 0)));
  // Some bootstrap samples have both.
  expect(trees.map((leaves) => leaves.map(({ value }) => value).sort())).toContainEqual([0, 1]);
});
