// A table as the events of a run in core's grammar: what a run folder's log holds, and what compares runs reads.
import { requireArgument } from "@trainscope/core/errors";
import {
  EVENT_VERSION,
  type EventBody,
  type MetricInfo,
  type RunStartEvent,
  type TrainingEvent,
} from "@trainscope/core/events";
import { indexFrom } from "@trainscope/core/history";
import { parseEvent } from "@trainscope/core/log";
import { describeFigure } from "../meaning/describe-figure.ts";
import type { RunTable } from "../meaning/run-table.ts";
import type { Series } from "../meaning/series.ts";
import { rowsOf } from "../meaning/table-rows.ts";

/** What the events of another program's run are to carry. */
export interface RunEventsOptions {
  readonly runId: string;
  /** Milliseconds since 1970: when it was, where the source doesn't say. */
  readonly time: number;
}

/** Every figure is kept for every reader of the run; what makes up names all the time is not to fill them. */
const MOST_FIGURES = 500;
const RATE = "learning_rate";
/** So many values tell a fraction from per cent. */
const FIRST_VALUES = 100;

/** From `run:start` on, in the order of x; what the source says besides stands where it was told. No `run:end`: nothing says how it ended. */
export function* toRunEvents(table: RunTable, options: RunEventsOptions): Generator<TrainingEvent> {
  requireArgument("toRunEvents", "table", table, "an object");
  requireArgument("toRunEvents", "options", options, "an object");
  const { runId, time } = options;
  let seq = 0;
  let now = table.times.points().ys[0] ?? time;
  const emitted = (body: EventBody): TrainingEvent => ({
    v: EVENT_VERSION,
    seq: seq++,
    runId,
    time: now,
    ...body,
  });
  const figures = table.series.filter(({ tag }) => !tag.startsWith(RATE));
  const kept = figures.slice(0, MOST_FIGURES);
  const [rate] = table.series.filter(({ tag }) => tag.startsWith(RATE));

  yield emitted({ type: "run:start", ...beginning(table, kept) });
  for (const notice of notices(table, figures.length)) yield emitted(alert(notice, "info"));
  const texts = table.texts.values();
  let text = texts.next();
  for (const { x, values } of rowsOf(rate === undefined ? kept : [...kept, rate])) {
    for (; !text.done && (text.value.x ?? Number.NEGATIVE_INFINITY) < x; text = texts.next()) {
      yield emitted(alert(text.value.text, text.value.level));
    }
    now = Math.max(now, timeAt(table.times, x) ?? now);
    yield emitted(pointOf(x, kept, values));
  }
  for (; !text.done; text = texts.next()) yield emitted(alert(text.value.text, text.value.level));
}

function beginning(
  table: RunTable,
  figures: readonly Series[],
): Pick<RunStartEvent, "axis" | "config" | "metrics"> {
  const { axis, of, settings } = table;
  const epochs = axis === "epoch" && of !== undefined && Number.isSafeInteger(of) ? { epochs: of } : {};
  return { axis, config: { ...readable(settings), ...epochs }, metrics: figures.map(describe) };
}

/** Another program's settings, but for those that stand under a name of ours and are something else. */
function readable(settings: RunTable["settings"]): RunStartEvent["config"] {
  const entries = Object.entries(settings).filter(([name, value]) => {
    const start = { v: EVENT_VERSION, seq: 0, runId: "run", time: 0, type: "run:start", metrics: [] };
    return parseEvent({ ...start, config: { [name]: value } }).kind === "event";
  });
  return Object.fromEntries(entries);
}

function describe(series: Series): MetricInfo {
  return describeFigure(series.tag, series.points().ys.slice(0, FIRST_VALUES));
}

function notices({ notices }: RunTable, figures: number): readonly string[] {
  if (figures <= MOST_FIGURES) return notices;
  return [...notices, `of ${figures} figures the first ${MOST_FIGURES} are kept`];
}

function pointOf(x: number, figures: readonly Series[], values: readonly (number | undefined)[]): EventBody {
  const metrics: Record<string, number | null> = {};
  figures.forEach(({ tag }, column) => {
    const value = values[column];
    if (value !== undefined) metrics[tag] = Number.isFinite(value) ? value : null;
  });
  const learningRate = values[figures.length];
  return { type: "point", x, metrics, ...(learningRate === undefined ? {} : { learningRate }) };
}

function alert(message: string, level: "info" | "warning" | "error"): EventBody {
  return { type: "alert", level, code: "output", message };
}

/** Of the newest x up to this one. */
function timeAt(times: Series, x: number): number | undefined {
  const { xs, ys } = times.points();
  const at = indexFrom(xs, x);
  return ys[xs[at] === x ? at : at - 1];
}
