// What an exporter keeps of a run while it goes on: numbers only, no drawing.
import type { History, RunContext } from "@trainscope/core";
import type {
  ControlEvent,
  MetricResultEvent,
  RunEndEvent,
  RunStartEvent,
  TrainingEvent,
} from "@trainscope/core/events";
import {
  appendValues,
  createHistory,
  firstX,
  isValuesEvent,
  newestX,
  type Series,
} from "@trainscope/core/history";
import { type LiveSetting, resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import { catchError, concatMap, EMPTY, filter, map, type Observable, takeWhile, tap, throwError } from "rxjs";

export interface RecordedRun {
  readonly start: RunStartEvent;
  /** All of them, where it is a run of trainscope; of another program's what it told. */
  readonly settings: Partial<TrainSettings>;
  /** `undefined` where the run goes on. */
  readonly end: RunEndEvent | undefined;
  /** Batches done since the newest epoch of the history. */
  readonly batches: number;
  /** At least one value; the test figures of the end stand at the epoch that they are of. */
  readonly history: History;
  /** The newest of each tag, in the order in which tags were first told. */
  readonly results: readonly MetricResultEvent[];
  /** Settings changed on the way, e.g. `η → 0.0005 in epoch 12`. */
  readonly changes: readonly string[];
}

/** What has been heard of a run so far. */
interface Recording {
  readonly history: History;
  readonly controls: ControlEvent[];
  readonly results: Map<string, MetricResultEvent>;
  start: RunStartEvent | undefined;
  /** Exports, the one at the end among them. */
  asked: number;
}

/** For one exporter: connected anew after a failure, it goes on with the recording that it had of the run. */
export function createRecordings(): (run: RunContext) => Recording {
  const recordings = new WeakMap<RunContext, Recording>();
  return (run) => {
    const begun = { history: createHistory(), controls: [], results: new Map(), start: undefined, asked: 0 };
    const known = recordings.get(run) ?? begun;
    recordings.set(run, known);
    return known;
  };
}

/**
 * Calls `write` whenever an export is asked for, and at the run's end however it ended, each time while that event is
 * being delivered; not where no epoch was finished. What the Observables of `write` emit is passed on, one Observable
 * after the other, and with the end's the stream completes. The newest writes the same files as those before it, so
 * one that has not begun when a newer is asked for is left out, and one that fails then is no failure.
 */
export function whenAsked<Result>(
  events: Observable<TrainingEvent>,
  recording: Recording,
  write: (run: RecordedRun) => Observable<Result>,
): Observable<Result> {
  const { history, controls, results } = recording;
  /** What the newest asks for. Of those before it nothing is kept but their numbers. */
  let newest: Observable<Result> = EMPTY;
  return events.pipe(
    tap((event) => {
      if (event.type === "run:start") recording.start = event;
      else if (isValuesEvent(event)) appendValues(history, event);
      else if (event.type === "metric:result") results.set(event.tag, event);
      else if (event.type === "control") controls.push(event);
    }),
    filter(isAsking),
    takeWhile(({ type }) => type !== "run:end", true),
    map((event) => {
      const { start } = recording;
      const number = ++recording.asked;
      newest = EMPTY;
      if (start === undefined || firstX(history) === undefined) return number;
      const settings = start.environment === undefined ? start.config : resolveSettings(start.config);
      const asOfNow = { results: [...results.values()], changes: describeChanges(controls) };
      const run = { start, settings, ...recordAt(event, history), ...asOfNow };
      newest = write(run);
      return number;
    }),
    concatMap((number) => {
      const isNewest = (): boolean => number === recording.asked;
      if (!isNewest()) return EMPTY;
      return newest.pipe(catchError((thrown) => (isNewest() ? throwError(() => thrown) : EMPTY)));
    }),
  );
}

function isAsking(event: TrainingEvent): event is ControlEvent | RunEndEvent {
  return event.type === "run:end" || (event.type === "control" && event.action === "export");
}

function recordAt(event: ControlEvent | RunEndEvent, history: History) {
  if (event.type === "run:end") return { end: event, batches: 0, history: withTestFigures(history, event) };
  const isWithin = event.epoch !== history.epochs.at(-1);
  const copies = [...history.series].map(([tag, one]) => [tag, copyOf(one)] as const);
  // The run goes on.
  const asOfNow: History = { ...history, epochs: [...history.epochs], series: new Map(copies) };
  return { end: undefined, batches: isWithin ? event.batch : 0, history: asOfNow };
}

function copyOf({ x, values, total }: Series): Series {
  return { x: [...x], values: [...values], total };
}

/** Whether any split has a value of the metric. */
export function hasValues(history: History, name: string): boolean {
  return [...history.series].some(
    ([tag, { values }]) => tag.endsWith(`/${name}`) && values.some((value) => value !== null),
  );
}

/** The test split is evaluated once, at the end: its figures become one point, at the epoch that they are of. */
function withTestFigures(history: History, end: RunEndEvent): History {
  const series = new Map(history.series);
  const of = end.keptEpoch ?? newestX(history);
  for (const [tag, value] of Object.entries(end.metrics)) {
    const known = series.get(tag)?.values.some((earlier) => earlier !== null) ?? false;
    if (!tag.startsWith("test/") || known || of === undefined) continue;
    series.set(tag, { x: [of], values: [value], total: 1 });
  }
  return { ...history, series };
}

/** Of each setting what it was changed to last. */
function describeChanges(controls: readonly ControlEvent[]): string[] {
  return Object.entries(CHANGED).flatMap(([action, name]) => {
    const changes = controls.filter((control) => control.action === action);
    const last = changes.at(-1);
    if (last === undefined) return [];
    const times = changes.length > 1 ? `, the last of ${changes.length} changes` : "";
    return [`${name} → ${last.to} in epoch ${last.epoch}${times}`];
  });
}

const CHANGED = { lambda: "λ", learningRate: "η", batchSize: "batch", epochs: "epochs" } satisfies Record<
  LiveSetting,
  string
>;
