// A source as a table: one series a figure on one axis, with what else it told.
import { requireArgument } from "@trainscope/core/errors";
import type { Entry, EventEntry, ScalarEntry, TextEntry } from "../format.ts";
import type { Axis } from "./axis.ts";
import { eventPoint } from "./event-point.ts";
import { Interpreter, type InterpreterOptions } from "./interpreter.ts";
import type { KnownScalar } from "./known-scalars.ts";
import type { Meant, Point } from "./meant.ts";
import { Series } from "./series.ts";
import { rowsOf } from "./table-rows.ts";
import { isLoss, isScore } from "./words.ts";

/** A run of another program: its series, its settings, what it said. */
export interface RunTable {
  readonly axis: Axis;
  /** Losses and scores first, learning rates last. */
  readonly series: readonly Series[];
  readonly settings: Readonly<Record<string, string | number | boolean | null>>;
  /** What a person should know of how the source was read. */
  readonly notices: readonly string[];
  /** What isn't a figure, in its order; of very many the newest. */
  readonly texts: readonly PlacedText[];
  /** By x, in ms since 1970: when it was told. No points where the source doesn't say. */
  readonly times: Series;
  /** Of how many epochs or steps in all, where the source says. */
  readonly of: number | undefined;
}

/** A text of a log, and where in the run it was told. */
export interface PlacedText extends Pick<TextEntry, "text" | "level"> {
  /** The newest x that was told before; `undefined` before the first. */
  readonly x: number | undefined;
}

const MOST_TEXTS = 10_000;

/** Collects all entries of a source, then gives the table of the last run in it. */
export class TableBuilder {
  private readonly interpreter: Interpreter;
  private axis: Axis = "step";
  private series = new Map<string, Series>();
  private settings: Record<string, string | number | boolean | null> = {};
  private readonly notices: string[] = [];
  private texts: PlacedText[] = [];
  private textCount = 0;
  private times = new Series("time");
  private of: number | undefined;
  private newest: number | undefined;

  constructor(options: Pick<InterpreterOptions, "lookahead"> = {}) {
    this.interpreter = new Interpreter(options);
  }

  push(entries: readonly Entry[]): void {
    let from = 0;
    for (const [at, entry] of entries.entries()) {
      if (entry.kind !== "scalar") continue;
      if (from < at) this.takeAll(entries.slice(from, at));
      const known = this.interpreter.takeKnown(entry);
      if (known !== undefined) this.addScalar(known, entry);
      from = known === undefined ? at : at + 1;
    }
    this.takeAll(from === 0 ? entries : entries.slice(from));
  }

  private takeAll(entries: readonly Entry[]): void {
    for (const meant of this.interpreter.push(entries)) this.take(meant);
  }

  /** As a point of one figure, which is no object. */
  private addScalar({ tag, rate }: KnownScalar, { step, value, time }: ScalarEntry): void {
    this.newest = step;
    this.times.add(step, time);
    this.seriesOf(tag ?? rateTag(rate ?? "")).add(step, value);
  }

  end(): RunTable {
    for (const meant of this.interpreter.settle()) this.take(meant);
    const series = [...this.series.values()].sort((one, other) => rankOf(one.tag) - rankOf(other.tag));
    const { axis, settings, times, of } = this;
    return {
      axis,
      series,
      settings,
      notices: this.allNotices(series),
      texts: this.texts.slice(-MOST_TEXTS),
      times,
      of,
    };
  }

  private allNotices(series: readonly Series[]): readonly string[] {
    const thinned = series.filter(({ isThinned }) => isThinned).map(({ tag }) => tag);
    const notices = [...this.notices];
    if (thinned.length > 0) {
      notices.push(`too many points to keep all, extremes are kept: ${thinned.join(", ")}`);
    }
    if (this.textCount > MOST_TEXTS) {
      notices.push(`of ${this.textCount} lines without figures the last ${MOST_TEXTS} are kept`);
    }
    return notices;
  }

  private take(meant: Meant): void {
    switch (meant.kind) {
      case "start":
        this.axis = meant.axis;
        break;
      case "restart":
        this.forget();
        break;
      case "notice":
        this.notices.push(meant.text);
        break;
      case "settings":
        this.settings = { ...this.settings, ...withoutNull(meant.values) };
        break;
      case "point":
        this.add(meant);
        break;
      case "event":
        this.addEvent(meant);
        break;
      case "text":
        this.addText(meant);
        break;
      default:
    }
  }

  /** What came before was another run. */
  private forget(): void {
    this.series = new Map();
    this.times = new Series("time");
    this.texts = [];
    this.textCount = 0;
    this.newest = undefined;
  }

  private addText({ text, level }: TextEntry): void {
    this.textCount++;
    this.texts.push({ text, level, x: this.newest });
    if (this.texts.length >= 2 * MOST_TEXTS) this.texts = this.texts.slice(-MOST_TEXTS);
  }

  private add({ x, values, learningRates, time, of }: Point): void {
    // What tells of the machine is no series of a table.
    if (values.length + learningRates.length === 0) return;
    this.newest = x;
    this.of = of ?? this.of;
    if (time !== undefined) this.times.add(x, time);
    for (const [tag, value] of values) this.seriesOf(tag).add(x, value ?? Number.NaN);
    for (const { name, value } of learningRates) this.seriesOf(rateTag(name)).add(x, value);
  }

  /** Of a log of trainscope; its run:start says what counts. */
  private addEvent(event: EventEntry): void {
    const { type, axis } = event.value;
    if (type === "run:start") this.axis = axis === "step" ? "step" : "epoch";
    const point = eventPoint(event);
    if (point === undefined) return;
    const { time } = event.value;
    if (typeof time === "number" && Number.isFinite(time)) this.times.add(point.x, time);
    for (const [tag, value] of point.values) this.seriesOf(tag).add(point.x, value ?? Number.NaN);
    if (point.learningRate !== undefined) this.seriesOf("learning_rate").add(point.x, point.learningRate);
  }

  private seriesOf(tag: string): Series {
    let series = this.series.get(tag);
    if (series === undefined) {
      series = new Series(tag);
      this.series.set(tag, series);
    }
    return series;
  }
}

function withoutNull(values: RunTable["settings"]): RunTable["settings"] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** `learning_rate`, and with the group's name where there are several. */
export function rateTag(name: string): string {
  const group = name
    .toLowerCase()
    .replace(/^(?:(?:last|current|cur)_)?(?:lr|learning_?rate|x)(?:[-_/.]+|$)/, "");
  return group === "" ? "learning_rate" : `learning_rate/${group}`;
}

function rankOf(tag: string): number {
  const slash = tag.indexOf("/");
  const name = tag.slice(slash + 1).toLowerCase();
  if (tag.startsWith("learning_rate")) return 5;
  if (/^(?:total_)?loss$/.test(name)) return 0;
  if (isScore(name)) return 1;
  return isLoss(name.replace(/[^a-z0-9]+/g, "_")) ? 2 : 3;
}

/** Rows by x, rising; `null` where a series has no finite value there. */
export function tableRows(table: RunTable): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
} {
  requireArgument("tableRows", "table", table, "an object");
  requireArgument("tableRows", "table.series", table.series, "a list");
  const { axis, series } = table;
  const rows = Array.from(rowsOf(series), ({ x, values }) => [x, ...values.map(finiteOrNull)]);
  return { header: [axis, ...series.map(({ tag }) => tag)], rows };
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
