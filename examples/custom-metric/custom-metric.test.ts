import {
  createMetricBatch,
  describeExporter,
  describeMetric,
  evaluateMetric,
  runWithExporter,
} from "@trainscope/core/testing";
import { expect, it } from "vitest";
import { table, top3 } from "./trainscope.config.ts";

describeMetric(top3);
describeExporter(() => table);

it("top-3 counts the rows whose label ranks among the first three", () => {
  const batch = createMetricBatch(50);
  const ranks = [...batch.labels].map((label, row) => {
    const scores = [...batch.probabilities.slice(row * 10, row * 10 + 10)];
    return scores
      .map((score, k) => ({ score, k }))
      .sort((a, b) => b.score - a.score)
      .findIndex(({ k }) => k === label);
  });
  const expected = ranks.filter((rank) => rank < 3).length / 50;
  expect(evaluateMetric(top3, [batch])).toBe(expected);
});

it("the table has a line for each epoch under a line of names", async () => {
  const { written } = await runWithExporter(table);
  const [head, ...lines] = String(written.get("epochs.csv")).trim().split("\n");
  expect(head?.split(",").slice(0, 3)).toEqual(["epoch", "train/loss", "train/cost"]);
  expect(lines.map((line) => line.split(",")[0])).toEqual(["1", "2", "3"]);
});
