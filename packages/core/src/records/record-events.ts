// Plain objects of numbers, as a training loop logs them, become the events of a run.
import { TrainscopeError } from "../errors.ts";
import {
  type Axis,
  EVENT_VERSION,
  type EventBody,
  type MetricValues,
  type RunEndReason,
  type RunStartEvent,
  type TrainingEvent,
} from "../events.ts";
import { describeValue } from "../text/describe-value.ts";
import { isRateField, tagOfField } from "./field-names.ts";
import { withMetricsOf } from "./undeclared-metrics.ts";

/**
 * Numbers by name at one `epoch` or `step`: `{ epoch: 1, loss: 0.9, val_loss: 1.1, lr: 0.01 }`. A name is of the training
 * split unless it begins with another (`val_`, `validation/`, `test_`). A number that isn't finite, or `null`, is a value
 * that is missing; what is no number is left out.
 */
export type ValuesRecord = Readonly<Record<string, unknown>>;

/** What a run of records is to be called. */
export interface RecordEventsOptions {
  readonly runId: string;
  /** The settings, as `run:start` has them. */
  readonly config?: RunStartEvent["config"] | undefined;
  /** How many epochs or steps there will be. */
  readonly length?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Whether it is an event of a run, and no record. */
export function isEvent(item: TrainingEvent | ValuesRecord): item is TrainingEvent {
  return item?.v === EVENT_VERSION && typeof item.type === "string";
}

/** Each is kept for every point: a program that makes up names all the time is not to fill the memory. */
const MOST_FIGURES = 500;

/**
 * Makes the events of one run of its records, one after the other. The first record with a number says what the run
 * counts: epochs where it has an `epoch`, else steps. A record without that counter stands where the one before does; where
 * none has any, they are counted from 1.
 */
export class RecordEvents {
  private readonly options: RecordEventsOptions;
  /** Where each tag was told last. */
  private readonly last = new Map<string, number>();
  private seq = 0;
  private records = 0;
  private axis: Axis | undefined;
  private isCounted = false;
  private x = 0;
  private hasTooMany = false;

  constructor(options: RecordEventsOptions) {
    this.options = options;
  }

  /** Gives `run:start` before the first values; nothing for a record without a number. Throws `BAD_DATA` for what is no object. */
  add(record: ValuesRecord): TrainingEvent[] {
    this.records++;
    if (typeof record !== "object" || record === null || Array.isArray(record)) throw this.noRecord(record);
    const { metrics, learningRate } = valuesOf(record);
    if (Object.keys(metrics).length === 0 && learningRate === undefined) return [];
    const started = this.axis === undefined ? [this.start(record, metrics)] : [];
    const axis = this.axis ?? "step";
    const place = record[axis];
    const x = isNumber(place) ? place : this.x + (this.isCounted ? 1 : 0);
    const kept = this.limited(metrics);
    const notices = [...kept.notices, ...this.goBack(x, axis, Object.keys(kept.metrics))];
    this.x = x;
    for (const tag of Object.keys(kept.metrics)) this.last.set(tag, x);
    const rate = learningRate === undefined ? {} : { learningRate };
    const point = this.event({ type: "point", x, metrics: kept.metrics, ...rate });
    return [...started, ...notices, point];
  }

  /** Whether a record had a number. */
  get isBegun(): boolean {
    return this.axis !== undefined;
  }

  /** There will be no more. */
  end(reason: RunEndReason): TrainingEvent {
    const finished = Math.floor(this.x);
    const epochs = this.axis === "epoch" && Number.isSafeInteger(finished) ? Math.max(0, finished) : 0;
    return this.event({ type: "run:end", reason, metrics: {}, epochs, keptEpoch: null, plugins: [] });
  }

  private start(record: ValuesRecord, metrics: MetricValues): TrainingEvent {
    const { config = {}, length } = this.options;
    this.axis = isNumber(record.epoch) ? "epoch" : "step";
    this.isCounted = !isNumber(record[this.axis]);
    const ofLength = length === undefined ? {} : { length };
    return this.event({
      type: "run:start",
      config,
      metrics: withMetricsOf([], metrics).slice(0, MOST_FIGURES),
      axis: this.axis,
      ...ofLength,
    });
  }

  /** Tells it where the values lie before others of theirs: curves begin anew there. */
  private goBack(x: number, axis: Axis, tags: readonly string[]): TrainingEvent[] {
    const furthest = Math.max(...tags.map((tag) => this.last.get(tag) ?? x));
    if (furthest <= x) return [];
    for (const [tag, place] of this.last) this.last.set(tag, Math.min(place, x));
    return [this.notice(`went back from ${axis} ${furthest} to ${x}: curves go on from there`)];
  }

  /** The values of figures that are known, or still find room. */
  private limited(metrics: MetricValues): { metrics: MetricValues; notices: TrainingEvent[] } {
    let room = MOST_FIGURES - this.last.size;
    const all = Object.entries(metrics);
    const kept = all.filter(([tag]) => this.last.has(tag) || room-- > 0);
    if (kept.length === all.length || this.hasTooMany)
      return { metrics: Object.fromEntries(kept), notices: [] };
    this.hasTooMany = true;
    const notice = this.notice(`more than ${MOST_FIGURES} figures: the first are shown`);
    return { metrics: Object.fromEntries(kept), notices: [notice] };
  }

  private notice(message: string): TrainingEvent {
    return this.event({ type: "alert", level: "warning", code: "output", message });
  }

  private event(body: EventBody): TrainingEvent {
    const { runId, now = Date.now } = this.options;
    return { v: EVENT_VERSION, seq: this.seq++, runId, time: now(), ...body };
  }

  private noRecord(found: unknown): TrainscopeError {
    const message = `record ${this.records} is ${describeValue(found)}; expected an object of numbers by name`;
    return new TrainscopeError("BAD_DATA", message, {
      hint: "For example { epoch: 1, loss: 0.9, val_loss: 1.1 }.",
    });
  }
}

/** `metrics` by tag; the counters are none. */
function valuesOf(record: ValuesRecord): { metrics: MetricValues; learningRate: number | undefined } {
  const metrics: Record<string, number | null> = {};
  let learningRate: number | undefined;
  for (const [name, value] of Object.entries(record)) {
    if (name === "epoch" || name === "step" || (typeof value !== "number" && value !== null)) continue;
    if (!isRateField(name)) metrics[tagOfField(name)] = isNumber(value) ? value : null;
    else if (isNumber(value)) learningRate = value;
  }
  return { metrics, learningRate };
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
