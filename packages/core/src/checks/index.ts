// The metric contract as plain functions, for any test runner; `@trainscope/core/testing` has them for vitest.
export { createMetricBatch, createMetricContext, evaluateMetric } from "./metric-batch.ts";
export { type MetricCheck, type MetricCheckOptions, metricChecks } from "./metric-checks.ts";
