import { expect, it } from "vitest";
import { at } from "../dashboard/testing/events.ts";
import { epochsTable } from "./epochs-table.ts";

it("has a row an epoch and a column a tag, and nothing where an epoch has no such value", () => {
  const epoch = (number: number, metrics: Record<string, number | null>) =>
    at(number, {
      ...{ type: "epoch:end", epoch: number, epochs: 2, learningRate: 0.5 / number },
      ...{ metrics, timing: { trainMs: 3, evaluateMs: 4 } },
    });
  const events = [
    at(0, { type: "epoch:start", epoch: 1, epochs: 2 }),
    epoch(1, { a: 0.1, b: null }),
    epoch(2, { b: 2, c: 3 }),
  ];
  expect(epochsTable(events)).toEqual({
    header: ["epoch", "learning rate", "a", "b", "c", "training ms", "evaluation ms"],
    rows: [
      [1, 0.5, 0.1, null, null, 3, 4],
      [2, 0.25, null, 2, 3, 3, 4],
    ],
  });
});

it("has a row a step where the run counts steps, with what each split told there", () => {
  const point = (x: number, metrics: Record<string, number | null>) => at(x, { type: "point", x, metrics });
  const start = at(0, { type: "run:start", axis: "step", config: {}, metrics: [] });
  const events = [start, point(10, { a: 1 }), point(20, { a: 2 }), point(15, { b: 3 }), point(20, { b: 4 })];
  expect(epochsTable(events)).toEqual({
    header: ["step", "learning rate", "a", "b"],
    rows: [
      [10, null, 1, null],
      [15, null, null, 3],
      [20, null, 2, 4],
    ],
  });
});
