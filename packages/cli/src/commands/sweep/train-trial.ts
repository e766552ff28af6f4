// One trial, up to so many epochs: from its beginning, or from the checkpoint that it was left with.
import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type Checkpoint,
  type Dataset,
  decodeCheckpoint,
  type EngineFactory,
  encodeCheckpoint,
  type Parameters,
  type ScriptedControl,
  train,
} from "@trainscope/core";
import { isTrainscopeError, TrainscopeError } from "@trainscope/core/errors";
import { type EpochEndEvent, isPersisted, type RunEndEvent, type TrainingEvent } from "@trainscope/core/events";
import { appendValues, createHistory } from "@trainscope/core/history";
import { parseEventLine } from "@trainscope/core/log";
import type { Resumption } from "@trainscope/core/training";
import { LOG_FILE, makeFolders, writeLabel, writeWhole } from "@trainscope/runs";
import type { Trial, TrialResult } from "@trainscope/study";
import { ignoreElements, tap } from "rxjs";

export interface TrainTrialOptions {
  readonly dataset: Dataset;
  readonly engine: EngineFactory;
  /** In all; fewer than the settings say leave the trial to be gone on with. */
  readonly epochs: number;
  /** Where its checkpoint is, or is to be, without an extension. */
  readonly checkpoint: string;
  /** Where its log is left, as that of a run; nowhere where it is left out. */
  readonly runFolder?: string | undefined;
  readonly signal: AbortSignal;
  /** Told of each epoch that ends. */
  readonly onEpoch: (event: EpochEndEvent) => void;
}

const NO_IMAGES = { images: new Uint8Array(0), labels: new Uint8Array(0) };
/** Checkpoints on the way of a whole training: what a kill costs. */
const CHECKPOINTS = 4;

/**
 * Trains without the test split, which no trial sees. Rejects with the signal's reason where it aborts, and with
 * `TRIAL_FAILED` where the run fails; one that diverges has a result.
 */
export async function trainTrial(trial: Trial, options: TrainTrialOptions): Promise<TrialResult> {
  const { dataset, engine, epochs, signal } = options;
  const { settings } = trial;
  signal.throwIfAborted();
  const resume = await loadCheckpoint(options);
  const log: TrainingEvent[] = [...(resume?.events ?? [])];
  const first = resume?.checkpoint.seq ?? 0;
  let parameters: Parameters | undefined;
  const startedAt = performance.now();
  await drain(
    train({
      dataset: { ...dataset, test: NO_IMAGES },
      settings,
      engine,
      runId: trial.id,
      script: stopAfter(epochs, trial, dataset),
      ...(resume && { resume }),
      checkpointEvery: Math.ceil(settings.epochs / CHECKPOINTS),
      saveCheckpoint: (checkpoint) => saveCheckpoint(options.checkpoint, checkpoint, log),
      exporters: [
        {
          name: "sweep",
          critical: true,
          connect: (events, run) =>
            events.pipe(
              tap((event) => {
                if (event.type === "run:end") parameters = run.parameters();
              }),
              ignoreElements(),
            ),
        },
      ],
    }),
    signal,
    (event) => {
      // What was told before the checkpoint is in the log.
      if (event.seq < first) return;
      if (isPersisted(event)) log.push(event);
      if (event.type === "epoch:end") options.onEpoch(event);
    },
  );
  if (options.runFolder !== undefined) await leaveLog(options.runFolder, trial, log);
  return resultOf(trial, { dataset, log, parameters, milliseconds: performance.now() - startedAt });
}

/** Of all its stages: the checkpoint that it went on from has what was told before. */
async function leaveLog(folder: string, { title }: Trial, log: readonly TrainingEvent[]): Promise<void> {
  await makeFolders(resolve(folder));
  await writeWhole(join(folder, LOG_FILE), linesOf(log));
  await writeLabel(folder, { name: title, tags: [] });
}

function linesOf(log: readonly TrainingEvent[]): string {
  return log.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** Removes what a trial that is done doesn't need any more. */
export async function removeCheckpoint(path: string): Promise<void> {
  await Promise.all([rm(`${path}.safetensors`, { force: true }), rm(`${path}.jsonl`, { force: true })]);
}

/** After the last batch of that epoch, and so after its end. */
function stopAfter(epochs: number, { settings }: Trial, { train }: Dataset): readonly ScriptedControl[] {
  if (epochs >= settings.epochs) return [];
  const batch = Math.ceil(train.labels.length / settings.batchSize);
  return [{ epoch: epochs, batch, control: { action: "stop" } }];
}

async function drain(
  events: ReturnType<typeof train>,
  signal: AbortSignal,
  next: (event: TrainingEvent) => void,
): Promise<void> {
  // A signal that has aborted, e.g. while the checkpoint was read, tells it no more.
  signal.throwIfAborted();
  let stop = (): void => {};
  await new Promise<void>((resolve, reject) => {
    const subscription = events.subscribe({ next, error: reject, complete: resolve });
    stop = (): void => {
      subscription.unsubscribe();
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
  }).finally(() => signal.removeEventListener("abort", stop));
}

interface Ended {
  readonly dataset: Dataset;
  readonly log: readonly TrainingEvent[];
  readonly parameters: Parameters | undefined;
  readonly milliseconds: number;
}

function resultOf(trial: Trial, { dataset, log, parameters, milliseconds }: Ended): TrialResult {
  const start = log.find((event) => event.type === "run:start");
  // A run that was stopped and went on has ended before.
  const end = log.findLast((event): event is RunEndEvent => event.type === "run:end");
  if (!end || end.reason === "failed" || !start?.environment || !parameters) {
    const failure = log.findLast((event) => event.type === "alert" && event.code === "failed");
    const reason = failure?.type === "alert" ? failure.message : "it did not end";
    throw new TrainscopeError("TRIAL_FAILED", `the trial "${trial.title}" failed: ${reason}`);
  }
  const history = createHistory();
  const learningRates: number[] = [];
  for (const event of log) {
    if (event.type !== "epoch:end") continue;
    appendValues(history, event);
    learningRates.push(event.learningRate);
  }
  return {
    record: {
      trial,
      dataName: dataset.name,
      trainImages: dataset.train.labels.length,
      validationImages: dataset.validation.labels.length,
      environment: start.environment,
      reason: end.reason,
      epochs: history.epochs,
      series: Object.fromEntries([...history.series].map(([tag, { values }]) => [tag, values])),
      learningRates,
      metrics: Object.fromEntries(Object.entries(end.metrics).filter(([tag]) => !tag.startsWith("test/"))),
      keptEpoch: end.keptEpoch,
      milliseconds,
    },
    parameters,
    frames: [],
  };
}

/** The log first: whoever finds the checkpoint finds all that was told before it. */
async function saveCheckpoint(
  path: string,
  checkpoint: Checkpoint,
  log: readonly TrainingEvent[],
): Promise<string> {
  const file = `${path}.safetensors`;
  // The result has what a trial ended with.
  if (checkpoint.reason === "end") return file;
  const bytes = await encodeCheckpoint(checkpoint);
  await writeWhole(`${path}.jsonl`, linesOf(log));
  await writeWhole(file, bytes);
  return file;
}

/** `undefined` where there is none that is whole, or that leads to so many epochs: then it is trained from the beginning. */
async function loadCheckpoint({
  checkpoint: path,
  epochs,
}: TrainTrialOptions): Promise<Resumption | undefined> {
  const file = `${path}.safetensors`;
  try {
    const checkpoint = await decodeCheckpoint(await readFile(file));
    const { epoch, reason, seq } = checkpoint;
    if (epoch > epochs || (epoch === epochs && reason === "stop")) return undefined;
    const lines = (await readFile(`${path}.jsonl`, "utf8")).split("\n").slice(0, -1);
    const events = lines
      .map(parseEventLine)
      .flatMap((parsed) => (parsed.kind === "event" ? [parsed.event] : []));
    return { checkpoint, path: file, events: events.filter((event) => event.seq < seq) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || isTrainscopeError(error)) return undefined;
    throw error;
  }
}
