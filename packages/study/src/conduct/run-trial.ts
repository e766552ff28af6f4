// One trial, from its plan to what is kept of it.

import type { Dataset, EngineFactory, Exporter, LabelledImages, Parameters } from "@trainscope/core";
import { train } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import type { Environment, MetricValues, RunEndEvent, TrainingEvent } from "@trainscope/core/events";
import { appendValues, createHistory } from "@trainscope/core/history";
import { ignoreElements, tap } from "rxjs";
import { frameEpochs, templateFrame } from "./template-frames.ts";
import type { TemplateFrame, Trial, TrialResult } from "./trial.ts";

export interface RunTrialOptions {
  readonly dataset: Dataset;
  readonly engine: EngineFactory;
  readonly onEvent: (event: TrainingEvent) => void;
  readonly signal: AbortSignal;
}

/** Epochs whose templates are kept, at most: enough for a slider, and a megabyte. */
const MOST_FRAMES = 20;

const NO_IMAGES: LabelledImages = { images: new Uint8Array(0), labels: new Uint8Array(0) };

/**
 * Trains without the test split, which no trial sees. Rejects with the signal's reason where it aborts, and with
 * `TRIAL_FAILED` where the run fails; one that diverges has a result.
 */
export async function runTrial(trial: Trial, options: RunTrialOptions): Promise<TrialResult> {
  const { dataset, engine, onEvent, signal } = options;
  signal.throwIfAborted();
  const recorder = createRecorder(trial);
  const history = createHistory();
  const learningRates: number[] = [];
  const startedAt = performance.now();
  let end: RunEndEvent | undefined;
  let environment: Environment | undefined;
  let failure = "";
  await new Promise<void>((resolve, reject) => {
    const subscription = train({
      dataset: { ...dataset, test: NO_IMAGES },
      settings: trial.settings,
      engine,
      exporters: [recorder.exporter],
      runId: trial.id,
    }).subscribe({
      next(event) {
        if (event.type === "epoch:end") {
          appendValues(history, event);
          learningRates.push(event.learningRate);
        } else if (event.type === "run:start") environment = event.environment;
        else if (event.type === "alert" && event.code === "failed") failure = event.message;
        else if (event.type === "run:end") end = event;
        onEvent(event);
      },
      error: reject,
      complete: resolve,
    });
    signal.addEventListener(
      "abort",
      () => {
        subscription.unsubscribe();
        reject(signal.reason);
      },
      { once: true },
    );
  });
  const { parameters } = recorder;
  if (!end || end.reason === "failed" || !environment || !parameters) {
    throw new TrainscopeError("TRIAL_FAILED", `the trial "${trial.title}" failed: ${failure}`);
  }
  return {
    record: {
      trial,
      dataName: dataset.name,
      trainImages: dataset.train.labels.length,
      validationImages: dataset.validation.labels.length,
      environment,
      reason: end.reason,
      epochs: history.epochs,
      series: Object.fromEntries([...history.series].map(([tag, { values }]) => [tag, values])),
      learningRates,
      metrics: withoutTest(end.metrics),
      keptEpoch: end.keptEpoch,
      milliseconds: performance.now() - startedAt,
    },
    parameters,
    frames: recorder.frames,
  };
}

interface Recorder {
  readonly exporter: Exporter;
  readonly frames: readonly TemplateFrame[];
  /** Of the end; `undefined` until then. */
  readonly parameters: Parameters | undefined;
}

/** Copies the parameters while they stand still. */
function createRecorder({ settings, keepsFrames }: Trial): Recorder {
  const chosen = new Set(keepsFrames ? frameEpochs(settings.epochs, MOST_FRAMES) : []);
  const frames: TemplateFrame[] = [];
  let parameters: Parameters | undefined;
  return {
    frames,
    get parameters() {
      return parameters;
    },
    exporter: {
      name: "study",
      critical: true,
      connect: (events, run) =>
        events.pipe(
          tap((event) => {
            if (event.type === "epoch:end" && chosen.has(event.epoch)) {
              frames.push(templateFrame(event.epoch, run.parameters()));
            } else if (event.type === "run:end") {
              const { classes, inputs, weights, biases } = run.parameters();
              parameters = { classes, inputs, weights: weights.slice(), biases: biases.slice() };
            }
          }),
          ignoreElements(),
        ),
    },
  };
}

function withoutTest(metrics: MetricValues): MetricValues {
  return Object.fromEntries(Object.entries(metrics).filter(([tag]) => !tag.startsWith("test/")));
}
