// What an exporter keeps of a run while it goes on: numbers only, no drawing.
import {
  appendEpoch,
  type ControlEvent,
  createHistory,
  type History,
  type RunEndEvent,
  type RunStartEvent,
  type TrainingEvent,
} from "@trainscope/core";
import { concatMap, EMPTY, filter, type Observable, take, tap } from "rxjs";

export interface FinishedRun {
  readonly start: RunStartEvent;
  readonly end: RunEndEvent;
  /** At least one epoch; the test figures of the end stand at the epoch that they are of. */
  readonly history: History;
  /** Settings changed on the way, e.g. `η → 0.0005 in epoch 12`. */
  readonly changes: readonly string[];
}

/**
 * Calls `write` once, while `run:end` is being delivered, however the run ended; not at all where no epoch was
 * finished. What `write` emits is passed on, and then the stream completes.
 */
export function whenRunEnds<Result>(
  events: Observable<TrainingEvent>,
  write: (run: FinishedRun) => Observable<Result>,
): Observable<Result> {
  const history = createHistory();
  const controls: ControlEvent[] = [];
  let start: RunStartEvent | undefined;
  return events.pipe(
    tap((event) => {
      if (event.type === "run:start") start = event;
      else if (event.type === "epoch:end") appendEpoch(history, event);
      else if (event.type === "control") controls.push(event);
    }),
    filter((event) => event.type === "run:end"),
    take(1),
    concatMap((end) => {
      if (start === undefined || history.epochs.length === 0) return EMPTY;
      return write({ start, end, history: withTestFigures(history, end), changes: describeChanges(controls) });
    }),
  );
}

/** Whether any split has a value of the metric. */
export function hasValues(history: History, name: string): boolean {
  return [...history.series].some(
    ([tag, values]) => tag.endsWith(`/${name}`) && values.some((value) => value !== null),
  );
}

/** The test split is evaluated once, at the end: its figures become one point, at the epoch that they are of. */
function withTestFigures(history: History, end: RunEndEvent): History {
  const series = new Map(history.series);
  const of = end.keptEpoch ?? history.epochs.at(-1);
  for (const [tag, value] of Object.entries(end.metrics)) {
    const known = series.get(tag)?.some((earlier) => earlier !== null) ?? false;
    if (!tag.startsWith("test/") || known) continue;
    series.set(
      tag,
      history.epochs.map((epoch) => (epoch === of ? value : null)),
    );
  }
  return { epochs: history.epochs, series };
}

function describeChanges(controls: readonly ControlEvent[]): string[] {
  const symbols = { lambda: "λ", learningRate: "η" } as const;
  return (["lambda", "learningRate"] as const).flatMap((action) => {
    const changes = controls.filter((control) => control.action === action);
    const last = changes.at(-1);
    if (last === undefined) return [];
    const times = changes.length > 1 ? `, the last of ${changes.length} changes` : "";
    return [`${symbols[action]} → ${last.to} in epoch ${last.epoch}${times}`];
  });
}
