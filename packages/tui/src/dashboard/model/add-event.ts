// From one state to the next. Each event costs the same however many epochs there are behind it and however many figures
// there are: the history grows, and the newest values are set, in place; all else is replaced. So an event must not be
// added twice to one state.
import type { Control } from "@trainscope/core";
import type {
  AlertEvent,
  ControlEvent,
  EpochEndEvent,
  PointEvent,
  RunResumeEvent,
  TrainingEvent,
} from "@trainscope/core/events";
import { appendValues, axisOf, type ValuesEvent } from "@trainscope/core/history";
import { withMetricsOf } from "@trainscope/core/records";
import type { ShownEvent } from "@trainscope/core/source";
import type { Severity } from "../../text/describe-event.ts";
import { addResult } from "./kept-results.ts";
import { appendLine, appendLog, type LogLine } from "./log.ts";
import { endEpoch, isQuick, pausePace, resumePace, startEpoch } from "./pace.ts";
import { addPlace } from "./places.ts";
import { countArtifact, recordFailure, recordTimes } from "./plugins.ts";
import { type DashboardState, initialState, type ModeRequest, type Phase } from "./state.ts";

/** What a key asks of the trainer, shown at once, before the trainer has answered. */
export interface RequestEvent {
  readonly type: "request";
  readonly control: Control;
}

/** Something printed to the console while the dashboard has the screen. */
export interface PrintEvent {
  readonly type: "print";
  readonly time: number;
  readonly severity: Severity;
  readonly text: string;
}

export type DashboardEvent = ShownEvent | RequestEvent | PrintEvent;

export function addToDashboard(state: DashboardState, event: DashboardEvent): DashboardState {
  if (event.type === "request") return request(state, event.control);
  if (event.type === "print") return withLog(state, appendLine(state.log, event.time, event, true));
  if (event.type === "restart") return begunAnew(state);
  if (event.type === "parameters") {
    return { ...state, parameters: { epoch: event.epoch, values: event.values } };
  }
  if (event.type === "drawing") {
    return { ...state, drawings: new Map(state.drawings).set(event.tag, event) };
  }
  const log = appendLog(state.log, event);
  const next: DashboardState = {
    // What was asked for is no problem, though the log marks a stop.
    ...(event.type === "control" ? { ...state, log } : withLog(state, log)),
    startedAt: state.startedAt ?? event.time,
    // Before what follows forgets when the run was last heard of.
    ...(event.type === "run:resume" ? withoutGap(state, event.time) : {}),
    time: Math.max(event.time, state.time ?? event.time),
  };
  return reduceTraining(next, event);
}

function request(state: DashboardState, control: Control): DashboardState {
  if ("to" in control) return { ...state, asked: { ...state.asked, [control.action]: control.to } };
  return isMode(control.action) ? { ...state, requested: control.action } : state;
}

function reduceTraining(state: DashboardState, event: TrainingEvent): DashboardState {
  switch (event.type) {
    case "run:start": {
      const { epochs = event.length ?? 0, lambda, learningRate, batchSize } = event.config;
      const phase = state.phase === "waiting" ? "training" : state.phase;
      return { ...state, run: event, phase, epochs, lambda, learningRate, baseRate: learningRate, batchSize };
    }
    case "epoch:start": {
      const { epoch, epochs } = event;
      // Of epochs shorter than a few frames one would only ever see the start: the last report stays.
      const batch = isQuick(state.pace) ? state.batch : 0;
      // What was asked for before, and not answered by now, was refused.
      const pace = startEpoch(state.pace, event.time);
      // More epochs may have been asked for as the last one ended.
      const phase = state.phase === "finishing" ? "training" : state.phase;
      return { ...state, epoch, epochs, batch, phase, pace, asked: {} };
    }
    case "progress": {
      const { epoch, batch, batches, samplesPerSecond, loss } = event;
      const speed = samplesPerSecond > 0 ? samplesPerSecond : undefined;
      return { ...state, epoch, batch, batches, samplesPerSecond: speed, batchLoss: loss };
    }
    case "run:resume":
      return goOn(state, event);
    case "epoch:end":
      return recordEpoch(withMetrics(state, event), event);
    case "point":
      return recordPoint(withMetrics(state, event), event);
    case "control":
      return applyControl(state, event);
    case "alert":
      // Nothing is trained any more; exporters may take their time yet.
      if (isEnding(event)) return finishing(state);
      return event.code === "control" ? { ...state, asked: {} } : state;
    case "examination":
      return event.split === "validation" ? { ...state, examination: event } : state;
    case "plugin:times":
      return { ...state, plugins: recordTimes(state.plugins, event.hooks) };
    case "plugin:error":
      return { ...state, plugins: recordFailure(state.plugins, event) };
    case "artifact":
      return { ...state, plugins: countArtifact(state.plugins, event.plugin) };
    case "run:end": {
      const newest = { ...state.newest, ...event.metrics };
      const plugins = recordTimes(state.plugins, event.plugins);
      return { ...finishing(state), phase: "ended", reason: event.reason, newest, plugins };
    }
    case "metric:result":
      return { ...state, results: addResult(state.results, event) };
    case "checkpoint":
      return state;
  }
}

/** Nothing of the run is kept but what wasn't its own. */
function begunAnew({ log }: DashboardState): DashboardState {
  const printed = log.filter(({ isPrinted }) => isPrinted);
  return { ...initialState(), log: printed, problems: printed.filter(isProblem).length };
}

/** Between a run's last sign and its going on in another process it was not trained. */
function withoutGap({ pace, time, idleMs }: DashboardState, now: number): Partial<DashboardState> {
  const last = Math.min(now, time ?? now);
  return { idleMs: idleMs + (now - last), pace: resumePace(pausePace(pace, last), now) };
}

function goOn(state: DashboardState, { epoch, batch, environment }: RunResumeEvent): DashboardState {
  const run = state.run && (environment === undefined ? state.run : { ...state.run, environment });
  const asking = { requested: undefined, asked: {} };
  // What a log keeps doesn't tell it.
  const batches = state.batches || Math.ceil((run?.data?.train ?? 0) / (state.batchSize ?? 1));
  const place = { epoch, batch, batches, recordedBefore: state.recorded };
  return { ...state, ...asking, ...place, run, phase: "training", reason: undefined };
}

/** What was still asked for will not be answered any more. */
function finishing(state: DashboardState): DashboardState {
  return { ...state, phase: "finishing", requested: undefined, asked: {} };
}

function isEnding({ code, level }: AlertEvent): boolean {
  return code === "early-stop" || (level === "error" && (code === "diverged" || code === "failed"));
}

function recordEpoch(state: DashboardState, event: EpochEndEvent): DashboardState {
  // Told in several parts it is still one epoch.
  const isMore = state.history.epochs.at(-1) === event.epoch;
  appendValues(state.history, event);
  const { epoch, epochs } = event;
  const newest = { ...event.metrics };
  const learningRate = event.learningRate || state.learningRate;
  const pace = isMore ? state.pace : endEpoch(state.pace, event.time, event.timing.trainMs);
  const recorded = state.recorded + 1;
  const last = epochs > 0 && epoch >= epochs;
  const batch = isQuick(pace) && !last ? state.batch : state.batches;
  const next = { ...state, epoch, epochs, learningRate, newest, pace, recorded, batch };
  return last ? finishing(next) : next;
}

function recordPoint(state: DashboardState, event: PointEvent): DashboardState {
  appendValues(state.history, event);
  const { x, metrics, learningRate = state.learningRate } = event;
  // Between two epochs it is within the later one.
  const epoch = axisOf(state.run) === "epoch" ? Math.max(state.epoch, Math.ceil(x)) : state.epoch;
  Object.assign(state.newest, metrics);
  const furthest = Math.max(x, state.x ?? x);
  const places = addPlace(state.places, { x, time: event.time });
  const speed = speedOf(state, event);
  return { ...state, ...speed, places, epoch, x: furthest, learningRate, recorded: state.recorded + 1 };
}

/** What a program tells of how much of its training it gets through in a second. */
function speedOf({ run }: DashboardState, { metrics }: PointEvent): Partial<DashboardState> {
  for (const { tag, unit, split } of run?.metrics ?? []) {
    const value = metrics[tag];
    if (unit?.endsWith("/s") && split === "train" && typeof value === "number")
      return { samplesPerSecond: value, speedUnit: unit };
  }
  return {};
}

/** Not every program describes all of its metrics as it starts. */
function withMetrics(state: DashboardState, { metrics: values }: ValuesEvent): DashboardState {
  const { run, history } = state;
  if (run === undefined || Object.keys(values).every((tag) => history.series.has(tag))) return state;
  const metrics = withMetricsOf(run.metrics, values);
  return metrics === run.metrics ? state : { ...state, run: { ...run, metrics } };
}

const PHASES = {
  pause: "paused",
  resume: "training",
  step: "stepping",
  stop: "finishing",
} as const satisfies Record<ModeRequest, Phase>;

function isMode(action: Control["action"]): action is ModeRequest {
  return Object.hasOwn(PHASES, action);
}

/** So that a run that is paused and resumed all day takes no more memory. */
const MOST_CONTROLS = 1000;

function applyControl(before: DashboardState, event: ControlEvent): DashboardState {
  const { action, batch } = event;
  const state = { ...before, batch, controls: [...before.controls.slice(1 - MOST_CONTROLS), event] };
  if (!isMode(action)) return typeof event.to === "number" ? changeSetting(state, action, event.to) : state;
  const pace = action === "pause" ? pausePace(state.pace, event.time) : resumePace(state.pace, event.time);
  const requested = state.requested === action ? undefined : state.requested;
  // Time that was spent paused says nothing of the pace.
  return { ...state, phase: PHASES[action], requested, pace, places: [] };
}

function changeSetting(
  state: DashboardState,
  action: Exclude<ControlEvent["action"], ModeRequest>,
  to: number,
): DashboardState {
  if (action === "checkpoint" || action === "export") return state;
  const { [action]: wish, ...others } = state.asked;
  const next: DashboardState = { ...state, asked: wish === to ? others : state.asked };
  return action === "learningRate" ? { ...next, learningRate: to, baseRate: to } : { ...next, [action]: to };
}

function withLog(state: DashboardState, log: DashboardState["log"]): DashboardState {
  if (log === state.log) return state;
  const last = log.at(-1);
  return { ...state, log, problems: state.problems + Number(last !== undefined && isProblem(last)) };
}

function isProblem({ severity }: LogLine): boolean {
  return severity === "warning" || severity === "error";
}
