// Contract suites for engines and plugins, and what they are fed with. They register vitest tests: call them in a
// test file.

export { createMetricBatch, createMetricContext, evaluateMetric } from "../checks/metric-batch.ts";
export { describeEngine, type EngineContractOptions } from "./engine-contract.ts";
export { describeExporter, runWithExporter } from "./exporter-contract.ts";
export {
  at,
  BUILT_IN,
  control,
  epochEvents,
  metricInfo,
  point,
  progress,
  runStart,
  stepEvents,
} from "./made-run.ts";
export { describeMetric } from "./metric-contract.ts";
export { createTinyDataset, type TinyDatasetOptions } from "./tiny-dataset.ts";
