// What whoever trains, writes a plugin or uses a model needs. Everything else is in a subpath, one for each subject.
export type { Checkpoint } from "./checkpoint/checkpoint.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./checkpoint/checkpoint-file.ts";
export { classifierOf } from "./checkpoint/classifier-of.ts";
export type { Control } from "./control/control.ts";
export { type ScriptedControl, scriptOf } from "./control/script.ts";
export {
  checkDataset,
  completeDataset,
  type Dataset,
  type DatasetInput,
  type ImageShape,
  type InputValues,
  inputCount,
  type LabelledImages,
  SPLITS,
  type Split,
} from "./data/dataset.ts";
export type { FeatureDataset, Features, LabelledFeatures } from "./data/features.ts";
export { allocateImages } from "./data/image-memory.ts";
export { type ComponentStatistics, componentStatistics } from "./data/standardise.ts";
export type { Engine, EngineFactory } from "./engine/engine.ts";
export { createReferenceEngine } from "./engine/reference.ts";
export { createWasmEngine, type WasmEngineOptions } from "./engine/wasm/wasm.ts";
export { type ErrorCode, isTrainscopeError, messageOf, TrainscopeError } from "./errors.ts";
export type { TrainingEvent } from "./events.ts";
export type { History } from "./history/history.ts";
export type { LossName } from "./losses/names.ts";
export { softmax } from "./losses/softmax-cross-entropy.ts";
export type { Direction, MetricDisplay } from "./metric-info.ts";
export type {
  AnyMetric,
  Metric,
  MetricBatch,
  MetricContext,
  MetricCurve,
  MetricField,
  MetricKind,
  MetricResults,
} from "./metrics/metric.ts";
export { type Classifier, type Prediction, predict } from "./model/classifier.ts";
export type { Initialisation } from "./model/initialisation.ts";
export {
  createParameters,
  initialiseParameters,
  type ModelParameters,
  squaredNorm,
  type Values,
} from "./model/linear.ts";
export type {
  Artifact,
  Exporter,
  HookExporter,
  RunContext,
  StreamExporter,
  Written,
} from "./plugins/exporter.ts";
export { defineFactory } from "./plugins/factory.ts";
export {
  defineConfig,
  defineExporter,
  defineMetric,
  definePlugin,
  type TrainscopeConfig,
} from "./plugins/plugin.ts";
export type { Plugin, PluginEntry } from "./plugins/plugin-entry.ts";
export { createRandom, type Random, RandomStream, shuffle } from "./random/random.ts";
export type { Schedule } from "./settings/schedule.ts";
export { DEFAULT_SETTINGS, resolveSettings, type TrainSettings } from "./settings/settings.ts";
export type { SaveCheckpoint } from "./training/checkpointer.ts";
export { type Fitted, fit } from "./training/fit.ts";
export { checkTrainOptions } from "./training/resolve-options.ts";
export { train } from "./training/train.ts";
export type { TrainOptions } from "./training/train-options.ts";
