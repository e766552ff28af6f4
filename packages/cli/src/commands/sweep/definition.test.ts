import { expect, it } from "vitest";
import { editedDefinition, newDefinition, plannedCandidates } from "./definition.ts";

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

it("names what is wrong as the command line does", () => {
  const space = { lambda: { kind: "choice", values: [0] } } as const;
  expect(() => newDefinition({ space, settings: { epochs: 4 }, strategy: "halving", leastEpochs: 5 })).toThrow(
    "--least-epochs is 5; expected at most 4, the epochs in full",
  );
  const before = newDefinition({ space, settings: { epochs: 4 } });
  expect(() => editedDefinition(before, { settings: { epochs: 5 } }, "sweep")).toThrow(
    "--epochs is 5; the sweep in sweep has 4",
  );
  expect(() => editedDefinition(before, { settings: { seed: 1 } }, "sweep")).toThrow("--seed is 1; the sweep");
});

it("plans no more settings than there are", () => {
  const space = {
    loss: { kind: "choice", values: ["softmax", "svm"] },
    noise: { kind: "choice", values: [0, 1, 2], when: { loss: ["svm"] } },
  } as const;
  for (const strategy of ["random", "tpe", "halving", "grid"] as const) {
    expect(plannedCandidates(newDefinition({ space, strategy, budget: 3 }))).toBe(3);
    expect(plannedCandidates(newDefinition({ space, strategy, budget: 32 }))).toBe(4);
  }
  const range = { ...space, learningRate: { kind: "log", from: 1e-4, to: 1e-1 } } as const;
  expect(plannedCandidates(newDefinition({ space: range, strategy: "random", budget: 32 }))).toBe(32);
});
