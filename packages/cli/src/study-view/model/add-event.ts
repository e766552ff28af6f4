// From one state of a study to the next. Each event costs the same however many there are behind it: curves and the
// list of what is done grow in place, all else is replaced. So an event must not be added twice to one state.
import {
  type StageName,
  type StudyEvent,
  type StudyTrial,
  type TrialEndEvent,
  trialWork,
} from "@trainscope/study";
import { appendLine } from "@trainscope/tui/parts";
import type { Severity } from "@trainscope/tui/text";
import { describeStudyEvent } from "./describe-study-event.ts";
import { EMPTY_PALETTE, showEnded, showStarted } from "./palette.ts";
import type { Curve, RunningTrial, StageState } from "./progress.ts";
import { type FinishedTrial, type StudyState, titleWithoutSeed, waitingStage } from "./state.ts";
import { withEstimate } from "./time-left.ts";
import { finishTrial, seeTrial } from "./work.ts";

/** A key asked for the study to be stopped. */
export interface StopRequest {
  readonly type: "request:stop";
}

/** Something printed while the screen is taken. */
export interface StudyPrint {
  readonly type: "print";
  readonly time: number;
  readonly severity: Severity;
  readonly text: string;
}

export type StudyViewEvent = StudyEvent | StopRequest | StudyPrint;

type TrialEvent = Extract<StudyEvent, { type: "trial:event" }>;

/** The tag whose values are drawn. */
const CHARTED_TAG = "validation/accuracy";

export function addToStudy(state: StudyState, event: StudyViewEvent): StudyState {
  if (event.type === "request:stop") return { ...state, stopping: true };
  if (event.type === "print") return withLine(state, event.time, event);
  const said = describeStudyEvent(event, state.stages, titleOf(state, event));
  const logged = said === undefined ? state : withLine(state, event.time, said);
  const next = addStudyEvent(
    {
      ...logged,
      startedAt: state.startedAt ?? event.time,
      time: Math.max(event.time, state.time ?? event.time),
    },
    event,
  );
  return withEstimate(next, state, event.type === "trial:end" && event.reused);
}

function addStudyEvent(state: StudyState, event: StudyEvent): StudyState {
  switch (event.type) {
    case "study:start":
      return {
        ...state,
        start: event,
        phase: state.phase === "waiting" ? "running" : state.phase,
        stages: event.stages.map(waitingStage),
      };
    case "stage:start": {
      const started = withStage(state, event.stage, (stage) => ({
        ...stage,
        status: "active",
        startedAt: event.time,
      }));
      return { ...started, stage: event.stage };
    }
    case "stage:progress":
      return withStage(state, event.stage, (stage) => {
        // Where there are trials, they are what counts.
        if (stage.work.seen > 0) return { ...stage, text: event.text };
        return { ...stage, done: event.done, steps: event.steps, text: event.text };
      });
    case "stage:end":
      return withStage(state, event.stage, (stage) => ({
        ...stage,
        status: "done",
        endedAt: event.time,
        text: event.text,
      }));
    case "trial:start":
      return startTrial(state, event.trial, event.time);
    case "trial:event":
      return followTrial(state, event);
    case "trial:end":
      return endTrial(state, event);
    case "study:notice":
      return state;
    case "study:end":
      return { ...state, phase: "ended", reason: event.reason };
  }
}

function startTrial(state: StudyState, trial: StudyTrial, time: number): StudyState {
  const charted = chartStage(state, trial);
  const curve: Curve = { trial, accuracies: [] };
  charted.curves.push(curve);
  const running: RunningTrial = { ...curve, startedAt: time, epoch: 0, fraction: 0, work: 0 };
  return {
    ...charted,
    running: [...charted.running.filter((other) => other.trial.id !== trial.id), running],
    palette: showStarted(charted.palette, titleWithoutSeed(trial)),
    recorded: charted.recorded + 1,
  };
}

function followTrial(state: StudyState, { trial: id, event }: TrialEvent): StudyState {
  const before = state.running.find(({ trial }) => trial.id === id);
  if (before === undefined) return state;
  const epochs = Math.max(1, before.trial.settings.epochs);
  switch (event.type) {
    case "run:start": {
      if (before.work > 0 || event.data === undefined) return state;
      const { train: trainImages, validation: validationImages } = event.data;
      const work = trialWork({ epochs, trainImages, validationImages });
      const seen = withStage(state, before.trial.stage, (stage) => ({
        ...stage,
        work: seeTrial(stage.work, work),
      }));
      return withRunning(seen, { ...before, work });
    }
    case "epoch:start":
      return withRunning(state, { ...before, epoch: event.epoch });
    case "progress": {
      const within = event.batches > 0 ? Math.min(1, event.batch / event.batches) : 0;
      const fraction = Math.max(before.fraction, Math.min(1, (event.epoch - 1 + within) / epochs));
      return withRunning(state, { ...before, epoch: event.epoch, fraction });
    }
    case "epoch:end": {
      recordAccuracy(before, event.epoch, event.metrics[CHARTED_TAG] ?? null);
      const fraction = Math.max(before.fraction, Math.min(1, event.epoch / epochs));
      const next = withRunning(state, { ...before, epoch: event.epoch, fraction });
      return { ...next, recorded: state.recorded + 1 };
    }
    default:
      return state;
  }
}

function endTrial(state: StudyState, { trial: id, record, reused }: TrialEndEvent): StudyState {
  const { trial, trainImages, validationImages } = record;
  const before = state.running.find((running) => running.trial.id === id);
  const charted = chartStage(state, trial);
  if (before === undefined) {
    const curve: Curve = { trial, accuracies: [] };
    const values = record.series[CHARTED_TAG] ?? [];
    values.forEach((value, index) => {
      recordAccuracy(curve, record.epochs[index] ?? index + 1, value);
    });
    charted.curves.push(curve);
  }
  const accuracy = record.metrics[CHARTED_TAG] ?? null;
  const { reason, milliseconds } = record;
  const finished = { trial, reason, epochs: record.epochs.length, accuracy, milliseconds, reused };
  charted.finished.push(finished);
  keepBest(charted, finished);
  const title = titleWithoutSeed(trial);
  const work = before?.work || trialWork({ epochs: trial.settings.epochs, trainImages, validationImages });
  const ended = withStage(charted, trial.stage, (stage) => ({
    ...stage,
    done: stage.done + 1,
    work: finishTrial(before?.work ? stage.work : seeTrial(stage.work, work), work, reused),
  }));
  return {
    ...ended,
    running: ended.running.filter((running) => running.trial.id !== id),
    palette: showEnded(ended.palette, title, { accuracy, wasRunning: before !== undefined }),
    recorded: ended.recorded + 1,
  };
}

/** The chart is that of the stage of the newest trial. */
function chartStage(state: StudyState, { stage }: StudyTrial): StudyState {
  return state.charted === stage ? state : { ...state, charted: stage, curves: [], palette: EMPTY_PALETTE };
}

/** Epochs that are missing are gaps. */
function recordAccuracy({ trial, accuracies }: Curve, epoch: number, value: number | null): void {
  if (epoch < 1 || epoch > trial.settings.epochs) return;
  while (accuracies.length < epoch - 1) accuracies.push(null);
  accuracies[epoch - 1] = value;
}

/** The earliest of equals stays. */
function keepBest({ best }: StudyState, finished: FinishedTrial): void {
  const { stage } = finished.trial;
  const before = best.get(stage)?.accuracy ?? null;
  if (finished.accuracy === null) return;
  if (before === null || finished.accuracy > before) best.set(stage, finished);
}

function withStage(state: StudyState, name: StageName, change: (stage: StageState) => StageState): StudyState {
  return { ...state, stages: state.stages.map((stage) => (stage.name === name ? change(stage) : stage)) };
}

function withRunning(state: StudyState, changed: RunningTrial): StudyState {
  const running = state.running.map((other) => (other.trial.id === changed.trial.id ? changed : other));
  return { ...state, running };
}

function titleOf(state: StudyState, event: StudyEvent): string {
  if (event.type !== "trial:event") return "";
  return state.running.find(({ trial }) => trial.id === event.trial)?.trial.title ?? event.trial;
}

function withLine(
  state: StudyState,
  time: number,
  said: { readonly severity: Severity; readonly text: string; readonly key?: string },
): StudyState {
  const problem = said.severity === "warning" || said.severity === "error";
  return {
    ...state,
    log: appendLine(state.log, time, said),
    problems: state.problems + Number(problem),
  };
}
