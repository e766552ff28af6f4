// One trial, from its plan to what is kept of it.
import {
  type Checkpoint,
  type Dataset,
  type EngineFactory,
  type HookExporter,
  type LabelledImages,
  type ModelParameters,
  type ScriptedControl,
  train,
} from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { isPersisted, type RunEndEvent, type TrainingEvent } from "@trainscope/core/events";
import { appendValues, createHistory } from "@trainscope/core/history";
import type { Resumption } from "@trainscope/core/training";
import { frameEpochs, templateFrame } from "./template-frames.ts";
import type { TemplateFrame, Trial, TrialResult } from "./trial.ts";

/** Where one trial's checkpoint is kept, with all that was told before it. */
export interface TrialCheckpoints {
  /** `undefined` where there is none that is whole. */
  load(): Promise<Resumption | undefined>;
  /** Gives the checkpoint's path, for people. */
  save(checkpoint: Checkpoint, log: readonly TrainingEvent[]): Promise<string>;
}

/** What `trainTrial` takes. */
export interface TrainTrialOptions {
  readonly dataset: Dataset;
  readonly engine: EngineFactory;
  /** In all; fewer than the settings say leave the trial to be gone on with (default: as the settings say). */
  readonly epochs?: number;
  /** Where it goes on from and may be gone on with; left out, it is trained from its beginning. */
  readonly checkpoints?: TrialCheckpoints;
  /** Told of what this training tells, not of what was told before the checkpoint that it goes on from. */
  readonly onEvent: (event: TrainingEvent) => void;
  /** Keeps what a run of it would have in its log, where it failed as well. */
  readonly saveLog?: (log: readonly TrainingEvent[]) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Epochs whose templates are kept, at most: enough for a slider, and a megabyte. */
const MOST_FRAMES = 20;
/** Checkpoints on the way of a whole training: what a kill costs. */
const CHECKPOINTS = 4;

const NO_IMAGES: LabelledImages = { images: new Uint8Array(0), labels: new Uint8Array(0) };

/**
 * Trains without the test split, which no trial sees. Rejects with the signal's reason where it aborts, and with
 * `TRIAL_FAILED` where the run fails; one that diverges has a result.
 */
export async function trainTrial<Planned extends Trial>(
  trial: Planned,
  options: TrainTrialOptions,
): Promise<TrialResult<Planned>> {
  const { dataset, engine, checkpoints, onEvent, signal } = options;
  const { settings } = trial;
  signal.throwIfAborted();
  const resume = await checkpoints?.load();
  const log: TrainingEvent[] = [...(resume?.events ?? [])];
  const first = resume?.checkpoint.seq ?? 0;
  const recorder = createRecorder(trial);
  const startedAt = performance.now();
  await drain(
    train({
      dataset: { ...dataset, test: NO_IMAGES },
      settings,
      engine,
      runId: trial.id,
      script: stopAfter(options.epochs ?? settings.epochs, trial, dataset),
      exporters: [recorder.exporter],
      ...(resume && { resume }),
      ...(checkpoints && {
        checkpointEvery: Math.ceil(settings.epochs / CHECKPOINTS),
        saveCheckpoint: (checkpoint) => checkpoints.save(checkpoint, log),
      }),
    }),
    signal,
    (event) => {
      // What was told before the checkpoint is in the log.
      if (event.seq < first) return;
      if (isPersisted(event)) log.push(event);
      onEvent(event);
    },
  );
  const milliseconds = performance.now() - startedAt;
  await options.saveLog?.(log);
  return resultOf(trial, { dataset, log, recorder, milliseconds });
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

interface Recorder {
  readonly exporter: HookExporter;
  readonly frames: TemplateFrame[];
  /** Of the end; `undefined` until then. */
  parameters: ModelParameters | undefined;
}

/** Copies the parameters while they stand still. */
function createRecorder({ settings, keepsFrames }: Trial): Recorder {
  const chosen = new Set(keepsFrames ? frameEpochs(settings.epochs, MOST_FRAMES) : []);
  const recorder: Recorder = {
    frames: [],
    parameters: undefined,
    exporter: {
      name: "trial",
      critical: true,
      onEpoch({ epoch }, run) {
        if (chosen.has(epoch)) recorder.frames.push(templateFrame(epoch, run.parameters()));
      },
      onEnd(_, run) {
        const { classes, inputs, weights, biases } = run.parameters();
        recorder.parameters = { classes, inputs, weights: weights.slice(), biases: biases.slice() };
      },
    },
  };
  return recorder;
}

interface Ended {
  readonly dataset: Dataset;
  readonly log: readonly TrainingEvent[];
  readonly recorder: Recorder;
  readonly milliseconds: number;
}

function resultOf<Planned extends Trial>(
  trial: Planned,
  { dataset, log, recorder, milliseconds }: Ended,
): TrialResult<Planned> {
  const { parameters, frames } = recorder;
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
    frames,
  };
}
