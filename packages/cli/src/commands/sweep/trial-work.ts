// Trains a task, or finds it in the store, wherever that is asked: in the sweep's own process or in a worker.
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Dataset, EngineFactory } from "@trainscope/core";
import { probeEngine } from "@trainscope/core/engine";
import { TrainscopeError } from "@trainscope/core/errors";
import type { Environment, TrainingEvent } from "@trainscope/core/events";
import { environmentOf } from "@trainscope/core/training";
import { LOG_FILE, makeFolders, writeWhole } from "@trainscope/runs/files";
import { writeLabel } from "@trainscope/runs/labels";
import type { Perform } from "@trainscope/sweep";
import { type TrialResult, trainTrial, trialKey } from "@trainscope/sweep/trial";
import { createTrialStore, trialFile } from "../../report/trial-store.ts";
import { createFileCheckpoints, logText } from "./trial-checkpoints.ts";
import { objectiveValues, type TrialOutcome, type TrialTask, trialOf } from "./trial-task.ts";

export interface TrialWorkOptions {
  readonly dataset: Dataset;
  /** On one thread. */
  readonly engine: EngineFactory;
  /** Folders, which may be shared with other processes and machines. */
  readonly trials: string;
  readonly checkpoints: string;
  /** Where the log of each training is left, as that of a run; nowhere where it is left out. */
  readonly runs?: string;
}

export interface TrialWork {
  /** What computes here. */
  readonly environment: Environment;
  readonly perform: Perform<TrialTask, TrialOutcome>;
  /** What the store has of it, as trained by what computes here, if nothing else is named. */
  find(task: TrialTask, on?: Environment): Promise<TrialOutcome | undefined>;
  load(task: TrialTask, on?: Environment): Promise<TrialResult | undefined>;
}

/** What the task is of, images and program, is for the caller to have checked. */
export async function createTrialWork(options: TrialWorkOptions): Promise<TrialWork> {
  const { dataset, engine, trials, checkpoints, runs } = options;
  const environment = environmentOf(await probeEngine(engine));
  const store = createTrialStore(trials);
  const load: TrialWork["load"] = (task, on = environment) => store.load(trialOf(task), keyOf(task, on));
  const find: TrialWork["find"] = async (task, on) => {
    const result = await load(task, on);
    return result && outcomeOf(task, result, true);
  };
  return {
    environment,
    load,
    find,
    async perform(task, { signal, onProgress }) {
      const before = await find(task);
      if (before !== undefined) return before;
      signal.throwIfAborted();
      const { epochs } = task;
      // Those of another processor go on with other bits: it has a checkpoint of its own.
      const name = createHash("sha256").update(keyOf(task, environment)).digest("hex").slice(0, 16);
      const files = createFileCheckpoints(join(checkpoints, name), epochs);
      const trial = trialOf(task);
      const result = await trainTrial(trial, {
        dataset,
        engine,
        epochs,
        checkpoints: files,
        signal,
        onEvent(event) {
          if (event.type !== "epoch:end") return;
          onProgress({ reached: event.epoch, values: objectiveValues(event.metrics) });
        },
        ...(runs !== undefined && { saveLog: (log) => leaveLog(join(runs, name), trial.title, log) }),
      });
      await store.save(result, keyOf(task, result.record.environment));
      if (result.record.reason !== "stopped") await files.remove();
      return outcomeOf(task, result, false);
    },
  };
}

/** Of all its stages: the checkpoint that it went on from has what was told before. */
async function leaveLog(folder: string, name: string, log: readonly TrainingEvent[]): Promise<void> {
  await makeFolders(resolve(folder));
  await writeWhole(join(folder, LOG_FILE), logText(log));
  await writeLabel(folder, { name, tags: [] });
}

function keyOf(task: TrialTask, environment: Environment): string {
  const { program: version, fingerprint: dataFingerprint } = task;
  return trialKey(trialOf(task), { version, dataFingerprint, environment });
}

function outcomeOf(task: TrialTask, { record }: TrialResult, reused: boolean): TrialOutcome {
  const { trial, reason, metrics, series, milliseconds, environment } = record;
  if (reason === "failed") throw new TrainscopeError("TRIAL_FAILED", `the trial "${trial.title}" failed`);
  return {
    v: 1,
    reason,
    values: objectiveValues(metrics),
    milliseconds,
    environment,
    reused,
    file: trialFile(trial.id, keyOf(task, environment), "json"),
    series,
  };
}
