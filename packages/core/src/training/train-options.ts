// What `train` takes.
import type { Observable } from "rxjs";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { Control } from "../control/control.ts";
import type { ScriptedControl } from "../control/script.ts";
import type { DatasetInput } from "../data/dataset.ts";
import type { FeatureDataset } from "../data/features.ts";
import type { EngineFactory } from "../engine/engine.ts";
import type { PluginLimits } from "../guard/limits.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import type { Exporter } from "../plugins/exporter.ts";
import type { PluginEntry } from "../plugins/plugin-entry.ts";
import type { TrainSettings } from "../settings/settings.ts";
import type { SaveCheckpoint } from "./checkpointer.ts";
import type { Resumption } from "./run-history.ts";

/** What `train` and `fit` take. All but the data set may be left out. */
export interface TrainOptions {
  /** Images as bytes, or rows of numbers as `features`. */
  readonly dataset: DatasetInput | FeatureDataset;
  /** What is left out takes its value from `DEFAULT_SETTINGS`. */
  readonly settings?: Partial<TrainSettings>;
  /** Beside the built-in loss, cost and accuracy. */
  readonly metrics?: readonly AnyMetric[];
  readonly exporters?: readonly Exporter[];
  /** Bundles of metrics and exporters. */
  readonly plugins?: readonly PluginEntry[];
  /** Where left out, the wasm engine on all cores that are free to use; of features the reference engine. Another has to say that it takes them. */
  readonly engine?: EngineFactory;
  readonly control?: Observable<Control>;
  /** Controls at given places, those of a run that is to be repeated; `scriptOf` has them from its events. */
  readonly script?: readonly ScriptedControl[];
  /** Writes a checkpoint that was asked for, and gives its path. Training goes on meanwhile. */
  readonly saveCheckpoint?: SaveCheckpoint;
  /**
   * Saves a checkpoint after each so many epochs, of the best epoch so far, where the run is stopped and at its end. With 0
   * there are none on the way, so that a run can still go on from where it was stopped; where it is left out, none but
   * those that are asked for.
   */
  readonly checkpointEvery?: number;
  /** Continues a run, to the very bits that it would have come to undisturbed. Its settings are the run's own. */
  readonly resume?: Resumption;
  /**
   * A new run from another's checkpoint; the settings in force there stand where `settings` has no others. On other
   * images its scaled weights mean nothing: leave them out, `null`.
   */
  readonly fork?: Checkpoint;
  /**
   * Tells an `examination` of the validation split after an epoch: after the first, the last, each that is a step, and
   * of the others at most four a second. None where left out.
   */
  readonly examine?: boolean | (() => boolean);
  readonly runId?: string;
  /** Where exporters' files go: writes one whole or not at all, and gives its path. */
  readonly write?: (name: string, content: Uint8Array | string) => Promise<string>;
  /** Adds to the end of a file that `write` has begun, and gives its path. Exporters whose files grow take both. */
  readonly append?: (name: string, text: string) => Promise<string>;
  /** How much patience there is with plugins; of those left out what `DEFAULT_LIMITS` has. */
  readonly limits?: Partial<PluginLimits>;
  /** Milliseconds since 1970, for the events' `time`. */
  readonly now?: () => number;
}
