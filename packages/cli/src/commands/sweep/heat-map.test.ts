import type { SearchSpace } from "@trainscope/sweep";
import { expect, it } from "vitest";
import { heatMapOf, mapAxis, pairsOf } from "./heat-map.ts";
import { addToBoard } from "./screen/add-event.ts";
import { newBoard } from "./screen/board.ts";
import { halfway } from "./testing/sweep.ts";

const space: SearchSpace = {
  learningRate: { kind: "log", from: 1e-4, to: 1e-1 },
  batchSize: { kind: "choice", values: [50, 100, 200] },
  noise: { kind: "linear", from: 0, to: 3, whole: true },
  loss: { kind: "choice", values: ["softmax"] },
};

it("pairs the settings that have several values, or shows the only one by itself", () => {
  expect(pairsOf(space)).toEqual([
    ["learningRate", "batchSize"],
    ["learningRate", "noise"],
    ["batchSize", "noise"],
  ]);
  expect(pairsOf({ noise: { kind: "linear", from: 0, to: 3 } })).toEqual([["noise", undefined]]);
  expect(pairsOf({ loss: { kind: "choice", values: ["softmax"] } })).toEqual([]);
});

it("divides a range as its kind is spread, both ends included, and gives each whole number a cell", () => {
  const rates = mapAxis(space, "learningRate", 3);
  expect(rates.labels).toEqual(["1e-4", "0.001", "0.01"]);
  expect([1e-4, 9e-4, 2e-3, 0.05, 0.1].map(rates.cellOf)).toEqual([0, 0, 1, 2, 2]);
  expect([0.2, undefined, "x"].map(rates.cellOf)).toEqual([undefined, undefined, undefined]);
  const noise = mapAxis(space, "noise", 8);
  expect(noise.labels).toEqual(["0", "1", "2", "3"]);
  expect([0, 1, 2, 3].map(noise.cellOf)).toEqual([0, 1, 2, 3]);
});

it("has the best of each cell, by the objective, and tells what diverged from what was not tried", () => {
  const { candidates } = halfway().reduce(addToBoard, newBoard());
  const map = heatMapOf(
    candidates.values(),
    mapAxis(space, "learningRate", 3),
    mapAxis(space, "batchSize", 8),
    "validation/accuracy",
  );
  const rounded = map.cells.map((row) =>
    row.map((value) => (typeof value === "number" ? Number(value.toFixed(3)) : value)),
  );
  expect(rounded).toEqual([
    [undefined, 0.365, 0.39],
    [undefined, 0.397, "diverged"],
    [0.305, undefined, undefined],
  ]);
});

it("tells a cell whose settings were lost from one where they diverged", () => {
  const axis = mapAxis(space, "batchSize", 8);
  const none = { mean: null, values: { 0: null } };
  const lost = { point: { batchSize: 50 }, outcome: { ...none, lost: [0] } };
  const diverged = { point: { batchSize: 100 }, outcome: { ...none, lost: [] } };
  const cellsOf = (...tried: Parameters<typeof heatMapOf>[0] extends Iterable<infer One> ? One[] : never) =>
    heatMapOf(tried, axis, undefined, "validation/accuracy").cells[0];
  expect(cellsOf(lost, diverged)).toEqual(["lost", "diverged", undefined]);
  // What is known counts.
  expect(cellsOf(lost, { ...diverged, point: lost.point })?.[0]).toBe("diverged");
});
