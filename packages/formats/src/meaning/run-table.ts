// A source as a table: one series a figure on one axis, with what else it told.
import type { Entry, EventEntry } from "../format.ts";
import type { Axis } from "./axis.ts";
import { eventPoint } from "./event-point.ts";
import { Interpreter, type Meant, type Point } from "./interpreter.ts";
import { Series } from "./series.ts";
import { isLoss, isScore } from "./words.ts";

export interface RunTable {
  readonly axis: Axis;
  /** Losses and scores first, learning rates last. */
  readonly series: readonly Series[];
  readonly settings: Readonly<Record<string, string | number | boolean | null>>;
  /** What a person should know of how the source was read. */
  readonly notices: readonly string[];
}

/** Collects all entries of a source, then gives the table of the last run in it. */
export class TableBuilder {
  private readonly interpreter = new Interpreter();
  private axis: Axis = "step";
  private series = new Map<string, Series>();
  private settings: Record<string, string | number | boolean | null> = {};
  private readonly notices: string[] = [];

  push(entries: readonly Entry[]): void {
    for (const meant of this.interpreter.push(entries)) this.take(meant);
  }

  end(): RunTable {
    for (const meant of this.interpreter.settle()) this.take(meant);
    const series = [...this.series.values()].sort((one, other) => rankOf(one.tag) - rankOf(other.tag));
    const thinned = series.filter(({ isThinned }) => isThinned).map(({ tag }) => tag);
    const notices =
      thinned.length === 0
        ? this.notices
        : [...this.notices, `too many points to keep all, extremes are kept: ${thinned.join(", ")}`];
    return { axis: this.axis, series, settings: this.settings, notices };
  }

  private take(meant: Meant): void {
    switch (meant.kind) {
      case "start":
        this.axis = meant.axis;
        break;
      case "restart":
        this.series = new Map();
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
      default:
    }
  }

  private add({ x, values, learningRates }: Point): void {
    for (const [tag, value] of values) this.of(tag).add(x, value ?? Number.NaN);
    for (const { name, value } of learningRates) this.of(rateTag(name)).add(x, value);
  }

  /** Of a log of trainscope; its run:start says what counts. */
  private addEvent(event: EventEntry): void {
    const { type, axis } = event.value;
    if (type === "run:start") this.axis = axis === "step" ? "step" : "epoch";
    const point = eventPoint(event);
    if (point === undefined) return;
    for (const [tag, value] of point.values) this.of(tag).add(point.x, value ?? Number.NaN);
    if (point.learningRate !== undefined) this.of("learning_rate").add(point.x, point.learningRate);
  }

  private of(tag: string): Series {
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
  const group = name.toLowerCase().replace(/^(?:lr|learning_?rate|x)(?:[-_/.]+|$)/, "");
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
export function tableRows({ axis, series }: RunTable): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
} {
  const rows = new Map<number, (number | null)[]>();
  series.forEach((one, column) => {
    const { xs, ys } = one.points();
    xs.forEach((x, index) => {
      let row = rows.get(x);
      if (row === undefined) {
        row = [x, ...series.map(() => null)];
        rows.set(x, row);
      }
      const y = ys[index] ?? Number.NaN;
      row[column + 1] = Number.isFinite(y) ? y : null;
    });
  });
  const sorted = [...rows.values()].sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0));
  return { header: [axis, ...series.map(({ tag }) => tag)], rows: sorted };
}
