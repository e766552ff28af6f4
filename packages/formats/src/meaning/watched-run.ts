// A source as it grows, as the events of a run in core's grammar: for a dashboard, a log, or whoever subscribes.
import {
  type AlertEvent,
  EVENT_VERSION,
  type EventBody,
  parseEvent,
  type TrainingEvent,
} from "@trainscope/core";
import type { Entry, HistogramEntry, ImageEntry } from "../format.ts";
import type { Axis } from "./axis.ts";
import { describeTag } from "./describe-tag.ts";
import { Interpreter, type Meant, type Point } from "./interpreter.ts";

export type WatchedEvent =
  | TrainingEvent
  /** What came before is forgotten: the run, as far as it still counts, is told from its start. */
  | { readonly type: "restart" }
  | HistogramEntry
  | ImageEntry;

/** A source that goes back again and again would be told for ever. */
const MOST_RETELLINGS = 50;
/** Each is kept for every point: a program that makes up names all the time is not to fill the memory. */
const MOST_FIGURES = 500;

export class WatchedRun {
  private readonly interpreter = new Interpreter({ isEager: true });
  private events: WatchedEvent[] = [];
  private seq = 0;
  private runs = 0;
  private now = 0;
  private axis: Axis = "epoch";
  private settings: Record<string, string | number | boolean | null> = {};
  private hasStarted = false;
  private hasTooMany = false;
  private last = new Map<string, number>();
  private points: Point[] = [];
  /** A point behind others: told anew where it stays alone, else the run goes on from there. */
  private behind: Point | undefined;
  private retellings = 0;

  /** `now`: the time of arrival in ms since 1970, for what tells no time of its own. */
  push(entries: readonly Entry[], now: number): WatchedEvent[] {
    this.now = now;
    return this.take(this.interpreter.push(entries));
  }

  /** To be called when nothing has come for a second or two, and at the end: what was waited with is told. */
  settle(now: number): WatchedEvent[] {
    this.now = now;
    const told = this.take(this.interpreter.settle());
    const { behind } = this;
    this.behind = undefined;
    if (behind !== undefined) this.goBack(behind, false);
    return [...told, ...this.take([])];
  }

  private take(all: readonly Meant[]): WatchedEvent[] {
    for (const [index, meant] of all.entries()) this.takeOne(meant, all, index);
    const { events } = this;
    this.events = [];
    return events;
  }

  private takeOne(meant: Meant, all: readonly Meant[], index: number): void {
    switch (meant.kind) {
      case "start":
        this.axis = meant.axis;
        this.start(all.slice(index).filter((one) => one.kind === "point"));
        break;
      case "restart":
        this.forget();
        break;
      case "settings":
        this.settings = { ...this.settings, ...meant.values };
        break;
      case "point":
        this.takePoint(meant);
        break;
      case "notice":
        this.say(meant.text, "info");
        break;
      case "text":
        this.say(meant.text, meant.level);
        break;
      case "event":
        this.pass(meant.value);
        break;
      default:
        this.events.push(meant);
    }
  }

  private start(points: readonly Point[]): void {
    this.runs++;
    this.hasStarted = true;
    const values = new Map<string, number[]>();
    for (const [tag, value] of points.flatMap((point) => point.values)) {
      const own = values.get(tag) ?? [];
      if (value !== null) own.push(value);
      values.set(tag, own);
    }
    const metrics = [...values].slice(0, MOST_FIGURES).map(([tag, own]) => describeTag(tag, own.slice(0, 100)));
    const epochs = points.find(({ of }) => of !== undefined)?.of;
    const config = this.axis === "epoch" && epochs !== undefined ? { epochs } : {};
    this.tell({ type: "run:start", config, metrics, axis: this.axis }, points[0]?.time ?? this.now);
    const settings = Object.entries(this.settings).map(([name, value]) => `${name} ${value}`);
    if (settings.length > 0) this.say(settings.join(", "), "info");
  }

  private forget(): void {
    if (!this.hasStarted) return;
    this.last = new Map();
    this.points = [];
    this.behind = undefined;
    this.events.push({ type: "restart" });
    this.start([]);
  }

  private takePoint(point: Point): void {
    const { behind } = this;
    this.behind = undefined;
    if (behind !== undefined) this.goBack(behind, point.x > behind.x && this.reaches(point) <= 0);
    if (this.reaches(point) < 0 && this.retellings < MOST_RETELLINGS) this.behind = point;
    else if (this.reaches(point) >= 0) this.tellPoint(point);
  }

  /** How far a point lies beyond what was told of its tags. */
  private reaches({ x, values }: Point): number {
    return Math.min(...values.map(([tag]) => x - (this.last.get(tag) ?? Number.NEGATIVE_INFINITY)));
  }

  /**
   * The run is told again with a point that lies behind others: without those after it where the run goes on from
   * there, else with its values in place of those that were told at its x.
   */
  private goBack(point: Point, goesOn: boolean): void {
    const tags = new Set(point.values.map(([tag]) => tag));
    const isReplaced = ({ x, values }: Point): boolean =>
      x === point.x && values.every(([tag]) => tags.has(tag));
    const before = this.points.filter((one) => one.x <= point.x && !isReplaced(one));
    const after = goesOn ? [] : this.points.filter(({ x }) => x > point.x);
    this.retellings++;
    this.forget();
    for (const one of [...before, point, ...after]) this.tellPoint(one);
  }

  private tellPoint(point: Point): void {
    const values = this.limited(point.values);
    const [rate] = point.learningRates;
    if (values.length === 0 && rate === undefined) return;
    this.points.push(point);
    for (const [tag] of values) this.last.set(tag, point.x);
    const metrics = Object.fromEntries(values.map(([tag, value]) => [tag, finite(value)]));
    const learningRate = rate === undefined ? {} : { learningRate: rate.value };
    this.tell({ type: "point", x: point.x, metrics, ...learningRate }, point.time ?? this.now);
  }

  /** The values of figures that are known, or still find room. */
  private limited(values: Point["values"]): Point["values"] {
    const kept = values.filter(([tag]) => this.last.has(tag) || this.last.size < MOST_FIGURES);
    if (kept.length < values.length && !this.hasTooMany) {
      this.hasTooMany = true;
      this.say(`more than ${MOST_FIGURES} figures: those after them are left out`, "warning");
    }
    return kept;
  }

  /** An event of a program that speaks the grammar itself. */
  private pass(value: Readonly<Record<string, unknown>>): void {
    const parsed = parseEvent({ seq: this.seq, runId: "watched", time: this.now, ...value });
    if (parsed.kind === "newer") return;
    if (parsed.kind === "wrong") {
      this.say(`an event can't be read: ${parsed.reason}`, "warning");
      return;
    }
    const { event } = parsed;
    this.seq = event.seq + 1;
    if (event.type === "run:start" && this.hasStarted) this.events.push({ type: "restart" });
    this.hasStarted ||= event.type === "run:start";
    this.events.push(event);
  }

  private say(message: string, level: AlertEvent["level"]): void {
    this.tell({ type: "alert", level, code: "output", message }, this.now);
  }

  private tell(body: EventBody, time: number): void {
    const runId = `watched-${Math.max(1, this.runs)}`;
    this.events.push({ v: EVENT_VERSION, seq: this.seq++, runId, time, ...body });
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
