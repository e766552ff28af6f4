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

it("has no more seeds than the flag takes, wherever they come from", () => {
  const space = { lambda: { kind: "choice", values: [0] } } as const;
  expect(newDefinition({ space, seeds: 100 }).seeds).toBe(100);
  expect(() => newDefinition({ space, seeds: 101 })).toThrow("seeds is 101; expected 1 to 100");
});
