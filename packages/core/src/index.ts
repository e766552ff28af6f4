export type { Dataset, ImageShape, LabelledImages, Split } from "./dataset.ts";
export { inputCount } from "./dataset.ts";
export { type ErrorCode, type ErrorDetails, messageOf, TrainscopeError } from "./errors.ts";
export {
  type AlertEvent,
  type ArtifactEvent,
  type CheckpointEvent,
  type ControlAction,
  type ControlEvent,
  type Environment,
  type EpochEndEvent,
  type EpochStartEvent,
  EVENT_VERSION,
  isPersisted,
  type MetricInfo,
  type MetricValues,
  type PluginErrorEvent,
  type ProgressEvent,
  type RunEndEvent,
  type RunEndReason,
  type RunStartEvent,
  type TrainingEvent,
} from "./events.ts";
export { appendEpoch, type BestValue, bestOf, createHistory, type History } from "./history.ts";
export { LOSS_NAMES, type LossName } from "./losses/names.ts";
export {
  type AnyMetric,
  type Direction,
  type Metric,
  type MetricBatch,
  type MetricDisplay,
  metricTag,
} from "./metrics/metric.ts";
export {
  createParameters,
  initialiseParameters,
  type Parameters,
  squaredNorm,
  type Values,
} from "./model/linear.ts";
export type { Artifact, Exporter, RunContext } from "./plugins/exporter.ts";
export { createRandom, type Random, RandomStream, shuffle } from "./random/random.ts";
export { DEFAULT_SETTINGS, resolveSettings, type TrainSettings } from "./settings.ts";
export { checkSchedule, learningRateAt, parseSchedule, type Schedule } from "./training/schedule.ts";
