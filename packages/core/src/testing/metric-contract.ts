// The contract suite of a metric: `describeMetric(topThree)` in a test file checks it all.
import { describe, it } from "vitest";
import { type MetricCheckOptions, metricChecks } from "../checks/metric-checks.ts";
import type { AnyMetric } from "../metrics/metric.ts";

/** The contract suite of metrics, to be called in a test file of vitest. */
export function describeMetric(metric: AnyMetric, options: MetricCheckOptions = {}): void {
  describe(`metric ${metric.name}`, () => {
    for (const { name, run } of metricChecks(metric, options)) it(name, run);
  });
}
