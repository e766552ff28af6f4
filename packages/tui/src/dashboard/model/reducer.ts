// From one state to the next. Each event costs the same however many epochs there are behind it: the history and
// the best values grow in place, all else is replaced. So a state must not be reduced twice with one event.
import {
  appendEpoch,
  type BestValue,
  type Control,
  type ControlEvent,
  type EpochEndEvent,
  isBetter,
  type MetricInfo,
  type TrainingEvent,
} from "@trainscope/core";
import type { Severity } from "../../text/describe-event.ts";
import { appendLine, appendLog } from "./log.ts";
import { endEpoch, isQuick, pausePace, resumePace, startEpoch } from "./pace.ts";
import type { DashboardState, Phase } from "./state.ts";

/** What a key asks of the trainer, shown at once, before the trainer has answered. */
export interface RequestEvent {
  readonly type: "request";
  readonly action: Control["action"];
}

/** Something printed to the console while the dashboard has the screen. */
export interface PrintEvent {
  readonly type: "print";
  readonly time: number;
  readonly severity: Severity;
  readonly text: string;
}

export type DashboardEvent = TrainingEvent | RequestEvent | PrintEvent;

export function dashboardReducer(state: DashboardState, event: DashboardEvent): DashboardState {
  if (event.type === "request") return { ...state, requested: event.action };
  if (event.type === "print") return withLog(state, appendLine(state.log, event.time, event));
  const next: DashboardState = {
    ...withLog(state, appendLog(state.log, event)),
    startedAt: state.startedAt ?? event.time,
    time: Math.max(event.time, state.time ?? event.time),
  };
  return reduceTraining(next, event);
}

function reduceTraining(state: DashboardState, event: TrainingEvent): DashboardState {
  switch (event.type) {
    case "run:start": {
      const { epochs, lambda, learningRate } = event.config;
      const phase = state.phase === "waiting" ? "training" : state.phase;
      return { ...state, run: event, phase, epochs, lambda, learningRate };
    }
    case "epoch:start": {
      const { epoch, epochs } = event;
      // Of epochs shorter than a few frames one would only ever see the start: the last report stays.
      const batch = isQuick(state.pace) ? state.batch : 0;
      return { ...state, epoch, epochs, batch, pace: startEpoch(state.pace, event.time) };
    }
    case "progress": {
      const { epoch, batch, batches, samplesPerSecond, loss } = event;
      return { ...state, epoch, batch, batches, samplesPerSecond, batchLoss: loss };
    }
    case "epoch:end":
      return recordEpoch(state, event);
    case "control":
      return applyControl(state, event);
    case "alert":
      // Nothing is trained any more; exporters may take their time yet.
      return event.level === "error" || event.code === "early-stop"
        ? { ...state, phase: "finishing", requested: undefined }
        : state;
    case "run:end": {
      const newest = { ...state.newest, ...event.metrics };
      return { ...state, phase: "ended", requested: undefined, reason: event.reason, newest };
    }
    default:
      return state;
  }
}

function recordEpoch(state: DashboardState, event: EpochEndEvent): DashboardState {
  appendEpoch(state.history, event);
  for (const info of state.run?.metrics ?? []) keepBest(state.best, info, event);
  const { epoch, epochs, learningRate, metrics: newest } = event;
  const pace = endEpoch(state.pace, event.time, event.timing.trainMs);
  const recorded = state.recorded + 1;
  const last = epoch === epochs;
  const batch = isQuick(pace) && !last ? state.batch : state.batches;
  const next = { ...state, epoch, epochs, learningRate, newest, pace, recorded, batch };
  // What was still asked for will not be answered any more.
  return last ? { ...next, phase: "finishing", requested: undefined } : next;
}

/** Replaces the best value where the newest is better; the earliest of equals stays. */
function keepBest(best: Map<string, BestValue>, { tag, direction }: MetricInfo, event: EpochEndEvent): void {
  const value = event.metrics[tag] ?? null;
  if (value === null || direction === "none") return;
  const before = best.get(tag)?.value;
  if (before === undefined || isBetter(direction, value, before)) best.set(tag, { epoch: event.epoch, value });
}

const PHASES = {
  pause: "paused",
  resume: "training",
  step: "stepping",
  stop: "finishing",
} as const satisfies Record<Control["action"], Phase>;

function applyControl(state: DashboardState, event: ControlEvent): DashboardState {
  const { action, to } = event;
  if (action === "learningRate") return { ...state, learningRate: numberOr(to, state.learningRate) };
  if (action === "lambda") return { ...state, lambda: numberOr(to, state.lambda) };
  const pace = action === "pause" ? pausePace(state.pace, event.time) : resumePace(state.pace, event.time);
  const requested = state.requested === action ? undefined : state.requested;
  return { ...state, phase: PHASES[action], requested, pace, batch: event.batch };
}

function numberOr(value: number | string | null, otherwise: number | undefined): number | undefined {
  return typeof value === "number" ? value : otherwise;
}

function withLog(state: DashboardState, log: DashboardState["log"]): DashboardState {
  if (log === state.log) return state;
  const severity = log.at(-1)?.severity;
  const problem = severity === "warning" || severity === "error";
  return { ...state, log, problems: state.problems + Number(problem) };
}
