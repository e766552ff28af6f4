// A source as it grows, as the events of a run in core's grammar: for a dashboard, a log, or whoever subscribes.
import { type AlertEvent, EVENT_VERSION, type EventBody, type TrainingEvent } from "@trainscope/core/events";
import { createCurveAdviser } from "@trainscope/core/training";
import type { Entry, HistogramEntry, ImageEntry } from "../format.ts";
import type { Axis } from "./axis.ts";
import { describeFigures } from "./describe-figure.ts";
import { FigureLimit, MOST_FIGURES } from "./figure-limit.ts";
import { GivenEvents, tooManyFigures } from "./given-events.ts";
import { Interpreter } from "./interpreter.ts";
import { KeptPoints } from "./kept-points.ts";
import { LostLosses } from "./lost-losses.ts";
import { type Meant, type Point, pointsFrom } from "./meant.ts";
import { RateChanges } from "./rate-changes.ts";
import { RunClock } from "./run-clock.ts";
import { configOf, type SourceSettings, settingsText } from "./source-settings.ts";

/** What a watched run tells. */
export type WatchedEvent =
  | TrainingEvent
  /** What came before is forgotten: the run, as far as it still counts, is told from its start. */
  | { readonly type: "restart" }
  | HistogramEntry
  | ImageEntry;

/** How another program's run ended, as far as is known. */
export interface Ending {
  /** What has ended. */
  readonly said?: string;
  /** How the run ended, where that is known. */
  readonly reason?: "stopped" | "failed" | undefined;
}

/** A source that goes back again and again would be told for ever. */
const MOST_RETELLINGS = 50;

/** Another program's run, as its log grows, as events of trainscope. */
export class WatchedRun {
  private readonly interpreter = new Interpreter({ isEager: true });
  private readonly given = new GivenEvents({
    event: (event) => this.pass(event),
    begin: (event) => {
      this.hasStarted = true;
      this.events.push(event);
    },
    restart: () => this.events.push({ type: "restart" }),
    warn: (message) => this.warn(message),
  });
  private readonly clock = new RunClock();
  private events: WatchedEvent[] = [];
  private seq = 0;
  private runs = 0;
  private now = 0;
  private axis: Axis = "epoch";
  private settings: SourceSettings = {};
  private areSettingsTold = false;
  private hasStarted = false;
  /** The run began with an event of the grammar. */
  private isGiven = false;
  private figures = new FigureLimit();
  private hasTooMany = false;
  private lost = new LostLosses();
  private last = new Map<string, number>();
  private kept = new KeptPoints();
  private rates = new RateChanges([]);
  private adviser = createCurveAdviser(this.axis);
  private first: number | undefined;
  /** Of how many epochs or steps in all, as was told last. */
  private of: number | undefined;
  /** A point behind others: told anew where it stays alone, else the run goes on from there. */
  private behind: Point | undefined;
  private retellings = 0;

  /** `now`: the time of arrival in ms since 1970, for what tells no time of its own. */
  push(entries: readonly Entry[], now: number): WatchedEvent[] {
    this.now = now;
    return this.take(this.interpreter.push(entries));
  }

  /** To be called when nothing has come for a second or two: what was waited with is told. */
  settle(now: number): WatchedEvent[] {
    this.now = now;
    const told = this.take(this.interpreter.settle());
    const { behind } = this;
    this.behind = undefined;
    if (behind !== undefined) this.goBack(behind, false);
    return [...told, ...this.taken()];
  }

  /** Something that a person should know and the source doesn't say. */
  say(message: string, now: number, level: AlertEvent["level"] = "info"): WatchedEvent[] {
    this.now = now;
    this.alert(message, level);
    return this.taken();
  }

  /**
   * There will be no more. Whether the run was finished, or broke off, is known only where the source said how many epochs
   * there would be.
   */
  end(now: number, { said = "the input has ended", reason }: Ending = {}): WatchedEvent[] {
    const told = this.settle(now);
    const level = reason === "failed" ? "error" : "info";
    this.alert(this.hasStarted ? said : `${said}, and told of no training`, level);
    const finished = this.given.finished ?? this.finishedPoints();
    const why = reason ?? (finished === undefined ? undefined : "completed");
    if (why !== undefined && this.hasStarted && !this.given.isOver) {
      const body = { metrics: {}, epochs: finished ?? 0, keptEpoch: null, plugins: [] } as const;
      this.tell({ type: "run:end", reason: why, ...body }, this.clock.timeOf(undefined, now));
    }
    return [...told, ...this.taken()];
  }

  private taken(): WatchedEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  private take(all: readonly Meant[]): WatchedEvent[] {
    for (const [index, meant] of all.entries()) this.takeOne(meant, all, index);
    return this.taken();
  }

  private takeOne(meant: Meant, all: readonly Meant[], index: number): void {
    switch (meant.kind) {
      case "start": {
        // A program that speaks the grammar may tell its figures in a simpler form.
        const isKnown = this.isGiven && meant.axis === this.axis;
        this.axis = meant.axis;
        if (!isKnown) this.start(pointsFrom(all, index));
        break;
      }
      case "restart":
        this.axis = meant.axis ?? this.axis;
        this.forget(pointsFrom(all, index));
        break;
      case "settings":
        this.settings = { ...this.settings, ...meant.values };
        // What comes after the start is in the log, and with the settings when it is told anew.
        if (this.areSettingsTold) this.alert(settingsText(meant.values), "info");
        break;
      case "point":
        this.takePoint(meant);
        break;
      case "notice":
        this.alert(meant.text, "info");
        break;
      case "text":
        this.alert(meant.text, meant.level);
        break;
      case "event": {
        const header = { seq: this.seq, runId: this.runId(), time: this.now };
        this.given.take(meant.value, header, this.hasStarted);
        break;
      }
      default:
        this.events.push(meant);
    }
  }

  private start(points: readonly Point[]): void {
    this.runs++;
    this.hasStarted = true;
    this.rates = new RateChanges(points);
    this.adviser = createCurveAdviser(this.axis);
    const metrics = describeFigures(points).slice(0, MOST_FIGURES);
    const length = points.find(({ of }) => of !== undefined)?.of;
    const epochs = this.axis === "epoch" && length !== undefined ? { epochs: length } : {};
    const config = { ...configOf(this.settings), ...epochs };
    const began = this.clock.begin(
      points.map(({ time }) => time),
      this.now,
    );
    const told = length === undefined ? {} : { length };
    this.tell({ type: "run:start", config, metrics, axis: this.axis, ...told }, began);
    this.areSettingsTold = true;
  }

  /** `points`: what is told next, as far as it is known. */
  private forget(points: readonly Point[]): void {
    if (!this.hasStarted) return;
    this.last = new Map();
    this.kept = new KeptPoints();
    this.first = undefined;
    this.of = undefined;
    this.lost = new LostLosses();
    this.behind = undefined;
    this.events.push({ type: "restart" });
    this.start(points);
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
    const told = this.kept.points();
    const before = told.filter((one) => one.x <= point.x && !isReplaced(one));
    const after = goesOn ? [] : told.filter(({ x }) => x > point.x);
    const points = [...before, point, ...after];
    const lost = this.lost.now();
    this.retellings++;
    this.forget(points);
    for (const one of points) this.tellPoint(one);
    for (const { code, message } of lost) this.alert(message, "warning", code);
  }

  private tellPoint(point: Point): void {
    const { x, learningRates, time } = point;
    const at = this.clock.timeOf(time, this.now);
    const [figures, machine] = [this.limited(point.values), this.limited(point.machine)];
    const values = [...figures, ...machine];
    const [rate] = learningRates;
    if (values.length === 0 && rate === undefined) return;
    this.kept.add({ ...point, values: figures, machine });
    this.first ??= x;
    this.of = point.of ?? this.of;
    for (const [tag] of figures) this.last.set(tag, x);
    const metrics = Object.fromEntries(values.map(([tag, value]) => [tag, finite(value)]));
    for (const { code, message } of this.lost.take(values, `${this.axis} ${x}`))
      this.alert(message, "warning", code);
    for (const told of learningRates.flatMap((one) => this.rates.take(x, one))) {
      if (told.x === x) metrics[told.tag] = told.value;
      else this.tell({ type: "point", x: told.x, metrics: { [told.tag]: told.value } }, at);
    }
    const learningRate = rate === undefined ? {} : { learningRate: rate.value };
    this.tell({ type: "point", x, metrics, ...learningRate }, at);
    for (const { code, level, message } of this.adviser.add(x, metrics, rate?.value))
      this.alert(message, level, code);
  }

  /** The values of figures that are known, or still find room. */
  private limited(values: Point["values"]): Point["values"] {
    const kept = values.filter(([tag]) => this.figures.admits(tag));
    if (kept.length < values.length && !this.hasTooMany) {
      this.hasTooMany = true;
      this.warn(tooManyFigures());
    }
    return kept;
  }

  /** All epochs that the source said there would be; `undefined` where it didn't, or hasn't come to the last. */
  private finishedPoints(): number | undefined {
    const { of: epochs, first } = this;
    if (this.axis === "step" || epochs === undefined || first === undefined) return undefined;
    const furthest = Math.max(...this.last.values());
    return furthest >= (first < 1 ? epochs - 1 : epochs) ? epochs : undefined;
  }

  /** An event of a program that speaks the grammar itself. */
  private pass(event: TrainingEvent): void {
    this.seq = event.seq + 1;
    if (event.type === "run:start") {
      this.hasStarted = true;
      this.isGiven = true;
      this.axis = event.axis ?? "epoch";
    }
    this.events.push(event);
  }

  private warn(message: string): void {
    this.alert(message, "warning");
  }

  private alert(message: string, level: AlertEvent["level"], code: AlertEvent["code"] = "output"): void {
    this.tell({ type: "alert", level, code, message }, this.clock.timeOf(undefined, this.now));
  }

  private tell(body: EventBody, time: number): void {
    this.events.push({ v: EVENT_VERSION, seq: this.seq++, runId: this.runId(), time, ...body });
  }

  private runId(): string {
    return `watched-${Math.max(1, this.runs)}`;
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
