export { answerOf } from "./analysis/answers.ts";
export type { Checkpoint } from "./checkpoint/checkpoint.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./checkpoint/checkpoint-file.ts";
export { classifierOf } from "./checkpoint/classifier-of.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
  type Tensor,
} from "./checkpoint/safetensors.ts";
export { CONTROL_ACTIONS, type ControlAction } from "./control-actions.ts";
export {
  checkDataset,
  type Dataset,
  type DatasetInput,
  type ImageShape,
  inputCount,
  type LabelledImages,
  type Split,
} from "./data/dataset.ts";
export { allocateImages } from "./data/image-memory.ts";
export { type ComponentStatistics, componentStatistics, standardiseInto } from "./data/standardise.ts";
export { describeSchedule } from "./describe-schedule.ts";
export { describeValue } from "./describe-value.ts";
export type {
  Engine,
  EngineFactory,
  EngineSetup,
  Evaluation,
  TrainedSlice,
  TrainingSlice,
} from "./engine/engine.ts";
export { type EngineDescription, probeEngine } from "./engine/probe.ts";
export { createReferenceEngine } from "./engine/reference.ts";
export type { WasmHost } from "./engine/wasm/host.ts";
export { createWasmEngine, type WasmEngineOptions } from "./engine/wasm/wasm.ts";
export { type ErrorCode, type ErrorDetails, isTrainscopeError, messageOf, TrainscopeError } from "./errors.ts";
export {
  type AlertCode,
  type AlertEvent,
  type ArtifactEvent,
  type Axis,
  type CheckpointEvent,
  type CheckpointReason,
  type ControlEvent,
  type Environment,
  type EpochEndEvent,
  type EpochStartEvent,
  EVENT_VERSION,
  type EventBody,
  type ExaminationEvent,
  type ExaminedImage,
  type HookTime,
  isPersisted,
  type MetricCurves,
  type MetricInfo,
  type MetricMatrix,
  type MetricResultEvent,
  type MetricValues,
  type PluginErrorEvent,
  type PluginTimesEvent,
  type PointEvent,
  type ProgressEvent,
  type RunEndEvent,
  type RunEndReason,
  type RunResumeEvent,
  type RunStartEvent,
  type TrainingEvent,
} from "./events.ts";
export {
  type CheckGradients,
  type ClassRange,
  checkGradient,
  checkGradients,
  EPSILON as GRADIENT_CHECK_EPSILON,
  type GradientCheckCase,
  type GradientCheckOptions,
  type GradientCheckRow,
  gradientCheckCases,
  LAMBDAS as GRADIENT_CHECK_LAMBDAS,
  mergeGradientChecks,
  STEP as GRADIENT_CHECK_STEP,
  TOLERANCE as GRADIENT_CHECK_TOLERANCE,
} from "./gradient-check.ts";
export {
  appendValues,
  type BestValue,
  bestOf,
  createHistory,
  firstX,
  type History,
  historyOf,
  indexFrom,
  isBetter,
  newestX,
  type Series,
} from "./history.ts";
export {
  createEventLogParser,
  type EventLogParser,
  type LogFindings,
  type LogProblem,
} from "./log/event-log-parser.ts";
export { type ParsedEvent, parseEvent, parseEventLine } from "./log/parse-event.ts";
export { type EventLog, readEventLog } from "./log/read-event-log.ts";
export { LOSS_NAMES, type LossName } from "./losses/names.ts";
export { softmax } from "./losses/softmax-cross-entropy.ts";
export {
  type AnyMetric,
  type Direction,
  type Metric,
  type MetricBatch,
  type MetricContext,
  type MetricCurve,
  type MetricDisplay,
  type MetricField,
  type MetricKind,
  type MetricResults,
  metricTag,
} from "./metrics/metric.ts";
export { ownerOf } from "./metrics/metric-result.ts";
export { valueRange } from "./metrics/value-range.ts";
export { type Classifier, type Prediction, predict } from "./model/classifier.ts";
export {
  describeInitialisation,
  type Initialisation,
  initialDeviation,
  parseInitialisation,
} from "./model/initialisation.ts";
export {
  createParameters,
  initialiseParameters,
  type Parameters,
  squaredNorm,
  type Values,
} from "./model/linear.ts";
export { nearest } from "./nearest.ts";
export { createAppender } from "./plugins/appender.ts";
export type {
  Artifact,
  Exporter,
  HookExporter,
  RunContext,
  StreamExporter,
  Written,
} from "./plugins/exporter.ts";
export { defineFactory } from "./plugins/factory.ts";
export { DEFAULT_LIMITS, type PluginLimits } from "./plugins/limits.ts";
export type { KnownMonitor, TagOf } from "./plugins/metric-tags.ts";
export {
  collectPlugins,
  defineConfig,
  defineExporter,
  defineMetric,
  definePlugin,
  type TrainscopeConfig,
} from "./plugins/plugin.ts";
export {
  type ConfigPluginEntry,
  flattenPlugins,
  type NamedPlugin,
  type Plugin,
  type PluginEntry,
} from "./plugins/plugin-entry.ts";
export type { StandardIssue, StandardResult, StandardSchema } from "./plugins/standard-schema.ts";
export { SWEEP_OBJECTIVES, SWEEP_STRATEGIES, type SweepConfig } from "./plugins/sweep-config.ts";
export { drawNoise, type Noise } from "./random/noise.ts";
export { createRandom, type Random, RandomStream, shuffle } from "./random/random.ts";
export {
  checkLiveSetting,
  DEFAULT_SETTINGS,
  describeLiveRange,
  isLiveSetting,
  isLiveValue,
  KEEPS,
  type Keep,
  LIVE_SETTINGS,
  type LiveSetting,
  MOST_NOISE,
  resolveSettings,
  type TrainSettings,
} from "./settings.ts";
export { changedSettings } from "./settings-in-words.ts";
export {
  addTransposedProduct,
  createMatrix,
  type Matrix,
  matrixOf,
  multiplyTransposed,
} from "./tensor/matrix.ts";
export type { SaveCheckpoint } from "./training/checkpointer.ts";
export { checkEngine, mergeScripts } from "./training/continued.ts";
export type { Control, ModeControl, SettingControl } from "./training/control.ts";
export { type CurveAdviser, createCurveAdviser } from "./training/curve-adviser.ts";
export { decisivePart, environmentChanges, environmentOf } from "./training/environment.ts";
export { EventStream } from "./training/event-stream.ts";
export { beginExamination, type Examination, type ExaminationPass } from "./training/examination.ts";
export { type Fitted, fit } from "./training/fit.ts";
export { type Past, type Resumption, retrace } from "./training/retrace.ts";
export { createRunId } from "./training/run-id.ts";
export { checkSchedule, learningRateAt, parseSchedule, type Schedule } from "./training/schedule.ts";
export { type Place, type ScriptedControl, scriptOf } from "./training/script.ts";
export { checkTrainOptions, train } from "./training/train.ts";
export type { TrainOptions } from "./training/train-options.ts";
export { axisOf, isValuesEvent, type ValuesEvent, xOf } from "./values-event.ts";
