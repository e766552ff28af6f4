import { describe, expect, it } from "vitest";
import { createMetricBatch, evaluateMetric } from "../checks/metric-batch.ts";
import { describeMetric } from "../testing/metric-contract.ts";
import { createBuiltInMetrics } from "./built-in.ts";

const metrics = createBuiltInMetrics("softmax", 10);
for (const metric of metrics) describeMetric(metric);

describe("built-in metrics", () => {
  const [loss, cost, accuracy] = metrics.map((metric) => {
    const batch = createMetricBatch(25);
    return evaluateMetric(metric, [batch]) as number;
  });
  const batch = createMetricBatch(25);

  it("loss is the mean of -log p_y", () => {
    const expected = [...batch.labels].map(
      (label, row) => -Math.log(batch.probabilities[row * 10 + label] ?? 0),
    );
    expect(loss).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / 25, 12);
  });

  it("cost is the loss and lambda times the squared weights, without the biases", () => {
    const norm = [...batch.parameters.weights].reduce((sum, weight) => sum + weight ** 2, 0);
    expect(cost).toBeCloseTo((loss ?? 0) + 0.1 * norm, 12);
  });

  it("accuracy counts no hit where the probabilities are no numbers", () => {
    const nothing = {
      ...batch,
      labels: new Uint8Array(25),
      probabilities: new Float64Array(250).fill(Number.NaN),
    };
    expect(metrics[2] && evaluateMetric(metrics[2], [nothing])).toBe(0);
  });

  it("accuracy is the share of rows with the largest probability at the label", () => {
    const rows = [...batch.labels].map((_, row) => [...batch.probabilities.slice(row * 10, row * 10 + 10)]);
    const right = rows.filter((row, i) => row.indexOf(Math.max(...row)) === batch.labels[i]).length;
    expect(accuracy).toBe(right / 25);
  });
});
