import { expect, it } from "vitest";
import { newDefinition } from "./definition.ts";

it("counts the points that a grid takes of a range by itself, before it makes them", () => {
  const values = Array.from({ length: 5001 }, (_, index) => index / 1e4);
  const space = {
    lambda: { kind: "choice", values },
    flip: { kind: "linear", from: 0, to: 1 },
    learningRate: { kind: "log", from: 1e-4, to: 1e-1 },
  } as const;
  expect(() => newDefinition({ space, strategy: "grid" })).toThrow(
    "the grid has 100020 points; expected at most",
  );
  expect(newDefinition({ space, strategy: "random" }).budget).toBe(32);
});
