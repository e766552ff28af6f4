// What a run is made of, once its options are checked and its parts made.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { ControlReceiver } from "../control/control-receiver.ts";
import type { ScriptedControl } from "../control/script.ts";
import type { TrainingData } from "../data/dataset.ts";
import type { EngineFactory } from "../engine/engine.ts";
import type { MetricInfo, TrainingEvent } from "../events.ts";
import type { PluginLimits } from "../guard/limits.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import type { Exporter, RunFiles } from "../plugins/exporter.ts";
import type { TrainSettings } from "../settings/settings.ts";
import type { SaveCheckpoint } from "./checkpointer.ts";
import type { RunHistory } from "./run-history.ts";
import type { StartingState } from "./starting-state.ts";

/** What is trained, and from where on. */
export interface RunTask {
  readonly dataset: TrainingData;
  /** Those that the run starts with. */
  readonly settings: TrainSettings;
  readonly builtIn: readonly AnyMetric[];
  /** Beside those. */
  readonly metrics: readonly AnyMetric[];
  /** What patience, keep and checkpoints of the best epoch look at, where they can. */
  readonly monitored: MetricInfo | undefined;
  /** Where training begins; at the beginning where it is left out. */
  readonly from: Checkpoint | undefined;
  /** What training had come to there. */
  readonly restored: StartingState | undefined;
  /** The file of that checkpoint, to be told. */
  readonly fromPath: string | undefined;
  /** Of a run that is continued; a run without one that begins at a checkpoint is a fork. */
  readonly history: RunHistory | undefined;
}

/** What is asked of it while it learns. */
export interface RunRequests {
  readonly controls: ControlReceiver;
  /** In the order of its places. */
  readonly script: readonly ScriptedControl[];
  readonly saveCheckpoint: SaveCheckpoint | undefined;
  /** Epochs from one checkpoint to the next; 0 for none on the way; `undefined` for none but those asked for. */
  readonly checkpointEvery: number | undefined;
  /** Whether the validation split is examined, after as many epochs as a person can follow. */
  readonly examine: () => boolean;
}

/** Who hears of it. */
export interface RunAudience {
  readonly runId: string;
  readonly exporters: readonly Exporter[];
  readonly limits: PluginLimits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Nobody hears of it any more once it aborts. */
  readonly signal: AbortSignal;
  readonly deliver: (event: TrainingEvent) => void;
}

export interface RunOptions {
  readonly task: RunTask;
  readonly requests: RunRequests;
  readonly audience: RunAudience;
  readonly engine: EngineFactory;
  readonly files: RunFiles;
}
