// A study made by hand, for the tests: events with a clock that the test sets.
import type { EventBody, RunEndReason } from "@trainscope/core/events";
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";
import { runStart, at as trainingAt } from "@trainscope/core/testing";
import type {
  StageInfo,
  StudyEvent,
  StudyEventBody,
  StudyTrial,
  StudyTrialRecord,
  TrialStage,
} from "@trainscope/study";
import { addToStudy, type StudyViewEvent } from "../model/add-event.ts";
import { initialStudyState, type StudyState } from "../model/state.ts";

export function at(time: number, body: StudyEventBody): StudyEvent {
  return { v: 1, seq: time, time, ...body };
}

export const STAGES: readonly StageInfo[] = [
  { name: "gradient-check", title: "Gradient check", steps: 12, share: 0.1 },
  { name: "settings", title: "Four settings", steps: 4, share: 0.4 },
  { name: "improvements", title: "Improvements", steps: 16, share: 0.4 },
  { name: "figures", title: "Figures", steps: 10, share: 0.1 },
];

export function studyStart(
  stages: readonly StageInfo[] = STAGES,
  dataName = "CIFAR-10 (data_batch_1)",
): StudyEventBody {
  return { type: "study:start", dataName, part: "full", quick: false, seeds: [0], jobs: 2, stages };
}

const TITLES = ["λ = 0, η = 0.1", "λ = 0, η = 0.001", "λ = 0.1, η = 0.001", "λ = 1, η = 0.001"];

/** Of 40 epochs; the first four of the settings have their names from the assignment. */
export function trialOf(index: number, stage: TrialStage = "settings", title?: string): StudyTrial {
  return {
    id: `${stage}-${index}`,
    title: title ?? (stage === "settings" ? TITLES[index] : undefined) ?? `Variant ${index}`,
    stage,
    data: "assignment",
    settings: { ...DEFAULT_SETTINGS, epochs: 40 },
    keepsFrames: false,
  };
}

/** From 20 % to nearly the accuracy given. */
function accuracyAt(epoch: number, last: number): number {
  return last - (last - 0.2) / epoch;
}

export function trialEvent(trial: StudyTrial, time: number, body: EventBody): StudyEvent {
  return at(time, { type: "trial:event", trial: trial.id, event: trainingAt(time, body) });
}

/** Its start and so many epochs, a second each. */
export function epochsOf(trial: StudyTrial, epochs: number, start: number, last = 0.39): StudyEvent[] {
  const { epochs: planned } = trial.settings;
  const each = Array.from({ length: epochs }, (_, index): StudyEvent[] => {
    const epoch = index + 1;
    const time = start + 1000 * epoch;
    return [
      trialEvent(trial, time - 1000, { type: "epoch:start", epoch, epochs: planned }),
      trialEvent(trial, time, {
        type: "epoch:end",
        epoch,
        epochs: planned,
        learningRate: 0.001,
        metrics: { "validation/accuracy": accuracyAt(epoch, last) },
        timing: { trainMs: 800, evaluateMs: 200 },
      }),
    ];
  });
  return [at(start, { type: "trial:start", trial }), trialEvent(trial, start, runStart()), ...each.flat()];
}

export function recordOf(
  trial: StudyTrial,
  last: number | null = 0.39,
  reason: RunEndReason = "completed",
): StudyTrialRecord {
  const epochs = Array.from({ length: trial.settings.epochs }, (_, index) => index + 1);
  return {
    trial,
    dataName: "CIFAR-10",
    trainImages: 10_000,
    validationImages: 10_000,
    reason,
    epochs,
    series: { "validation/accuracy": epochs.map((epoch) => (last === null ? null : accuracyAt(epoch, last))) },
    learningRates: epochs.map(() => 0.001),
    metrics: { "validation/accuracy": last },
    keptEpoch: trial.settings.epochs,
    environment: { engine: "wasm", precision: "float32", threads: 1 },
    milliseconds: 40_000,
  };
}

export function trialEnd(
  trial: StudyTrial,
  time: number,
  last: number | null = 0.39,
  reused = false,
): StudyEvent {
  return at(time, { type: "trial:end", trial: trial.id, record: recordOf(trial, last), reused });
}

/** All of it, one trial after the other. */
export function wholeTrial(trial: StudyTrial, start: number, last = 0.39): StudyEvent[] {
  const { epochs } = trial.settings;
  return [...epochsOf(trial, epochs, start, last), trialEnd(trial, start + 1000 * epochs, last)];
}

/** Up to the start of the settings, with the gradient check done in ten seconds. */
export const BEGINNING: readonly StudyEvent[] = [
  at(0, studyStart()),
  at(0, { type: "stage:start", stage: "gradient-check" }),
  at(5000, { type: "stage:progress", stage: "gradient-check", done: 6, steps: 12, text: "20 inputs, 1 image" }),
  at(10_000, { type: "stage:progress", stage: "gradient-check", done: 12, steps: 12, text: "3072 inputs" }),
  at(10_000, { type: "stage:end", stage: "gradient-check", text: "passed" }),
  at(10_000, { type: "stage:start", stage: "settings" }),
];

export function stateAfter(events: readonly StudyViewEvent[]): StudyState {
  return events.reduce(addToStudy, initialStudyState());
}

/** Two settings done, two running. */
export function midway(): StudyState {
  const [first, second, third, fourth] = [0, 1, 2, 3].map((index) => trialOf(index));
  if (!first || !second || !third || !fourth) throw new Error("no trials");
  return stateAfter([
    ...BEGINNING,
    ...wholeTrial(first, 10_000, 0.28),
    ...wholeTrial(second, 10_000, 0.385),
    ...epochsOf(third, 12, 50_000, 0.39),
    ...epochsOf(fourth, 12, 50_000, 0.37),
  ]);
}
