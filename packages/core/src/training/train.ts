// Training as a cold Observable: it starts when subscribed to, stops when unsubscribed from, and tells everything
// through its events.
import type { Observable } from "rxjs";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { completeDataset, type DatasetInput } from "../data/dataset.ts";
import { describeValue } from "../describe-value.ts";
import type { EngineFactory } from "../engine/engine.ts";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import { TrainscopeError } from "../errors.ts";
import { MOST_METRICS } from "../events.ts";
import { createBuiltInMetrics } from "../metrics/built-in.ts";
import type { AnyMetric } from "../metrics/metric.ts";
import { describeMetrics } from "../metrics/metric-result.ts";
import type { Exporter } from "../plugins/exporter.ts";
import { collectPlugins, type Plugin } from "../plugins/plugin.ts";
import { resolveSettings, type TrainSettings } from "../settings.ts";
import { checkOptionKinds } from "./check-options.ts";
import type { SaveCheckpoint } from "./checkpointer.ts";
import { checkContinued, checkFork, checkShape, scriptFrom } from "./continued.ts";
import type { Control } from "./control.ts";
import { createControls } from "./controls.ts";
import { EventStream } from "./event-stream.ts";
import { findMonitored } from "./monitor.ts";
import { type Resumption, retrace } from "./retrace.ts";
import { executeRun } from "./run.ts";
import { createRunId } from "./run-id.ts";
import { checkScript, type ScriptedControl } from "./script.ts";

export interface TrainOptions {
  readonly dataset: DatasetInput;
  /** What is left out takes its value from `DEFAULT_SETTINGS`. */
  readonly settings?: Partial<TrainSettings>;
  /** Beside the built-in loss, cost and accuracy. */
  readonly metrics?: readonly AnyMetric[];
  readonly exporters?: readonly Exporter[];
  /** Bundles of metrics and exporters. */
  readonly plugins?: readonly Plugin[];
  /** The wasm engine, on all cores that are free to use, where left out. */
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
  /** Milliseconds from the run's end until an exporter that has not completed is given up on; a minute where left out. */
  readonly exporterTimeout?: number;
  /** Milliseconds since 1970, for the events' `time`. */
  readonly now?: () => number;
}

/**
 * Trains a linear classifier. The stream ends with `run:end`, whatever happens inside the run; it fails only where
 * the run can't start: `BAD_OPTION` for a wrong setting or script, or a run that can't be continued with these options,
 * `BAD_PLUGIN` for a plugin that doesn't keep its contract, `BAD_DATA` for a dataset that doesn't fit together.
 */
export function train(options: TrainOptions): EventStream {
  return new EventStream((subscriber) => {
    checkOptionKinds(options);
    const abort = new AbortController();
    const controls = createControls(options.control);
    const { examine = false } = options;
    const start = async (): Promise<void> => {
      await executeRun({
        ...resolveOptions(options),
        engine: options.engine ?? createWasmEngine(),
        controls,
        saveCheckpoint: options.saveCheckpoint,
        examine: typeof examine === "function" ? examine : () => examine,
        runId: options.resume?.checkpoint.runId ?? options.runId ?? createRunId(),
        write: options.write ?? refuseToWrite,
        now: options.now ?? Date.now,
        signal: abort.signal,
        deliver: (event) => subscriber.next(event),
      });
    };
    start()
      .then(
        () => subscriber.complete(),
        (error) => subscriber.error(error),
      )
      .finally(controls.close);
    return () => {
      abort.abort();
      controls.wake();
    };
  });
}

/** Throws what `train` fails with before a run of these options starts. */
export function checkTrainOptions(options: TrainOptions): void {
  resolveOptions(options);
}

/** That a timer takes. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

function resolveOptions(options: TrainOptions) {
  checkOptionKinds(options);
  const { resume, fork, checkpointEvery, exporterTimeout = 60_000 } = options;
  if (checkpointEvery !== undefined && (!Number.isSafeInteger(checkpointEvery) || checkpointEvery < 0)) {
    const message = `checkpointEvery is ${describeValue(checkpointEvery)}; expected a whole number of at least 0`;
    throw new TrainscopeError("BAD_OPTION", message);
  }
  if (!(exporterTimeout > 0 && exporterTimeout <= LONGEST_TIMEOUT)) {
    const message = `exporterTimeout is ${describeValue(exporterTimeout)}; expected milliseconds, above 0 and at most ${LONGEST_TIMEOUT}`;
    throw new TrainscopeError("BAD_OPTION", message);
  }
  const past = resume && retrace(resume);
  const settings = past?.settings ?? resolveSettings({ ...fork?.settings, ...options.settings });
  const { metrics, exporters } = collectPlugins(options);
  const dataset = completeDataset(options.dataset);
  const builtIn = createBuiltInMetrics(settings.loss, dataset.classNames.length);
  const described = describeMetrics([...builtIn, ...metrics], dataset.classNames);
  if (described.length > MOST_METRICS) {
    const message = `the metrics give ${described.length} figures; expected at most ${MOST_METRICS}`;
    throw new TrainscopeError("BAD_OPTION", message, {
      hint: "Leave out some of those that give one a class.",
    });
  }
  const monitored = findMonitored(settings, described, dataset);
  const from = resume?.checkpoint ?? fork;
  if (from) checkShape(from, dataset);
  if (past) checkContinued(past.start, dataset, described);
  if (fork && !past) checkFork(fork, settings);
  const all = options.script ?? [];
  const script =
    resume && past ? scriptFrom(all, resume, past) : checkScript(all, settings, dataset.train.labels.length);
  const fromPath = resume?.path;
  return {
    ...{ dataset, settings, builtIn, metrics, exporters, monitored, script },
    ...{ checkpointEvery, exporterTimeout, from, fromPath, past },
  };
}

function refuseToWrite(name: string): Promise<string> {
  return Promise.reject(
    new TrainscopeError("OUTPUT_NOT_WRITABLE", `nowhere to write "${name}" to`, {
      hint: "Give train() a `write` function.",
    }),
  );
}
