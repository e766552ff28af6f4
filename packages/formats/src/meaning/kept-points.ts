// What a watched run has told, so that it can be told anew: a series a figure, none longer than a history keeps.
import type { History } from "@trainscope/core";
import { EVENT_VERSION, type MetricValues } from "@trainscope/core/events";
import { appendValues, createHistory } from "@trainscope/core/history";
import type { Point } from "./meant.ts";

type Kind = "values" | "machine" | "rates";

export class KeptPoints {
  private readonly kept: Readonly<Record<Kind, History>>;
  private readonly times: History;
  private of: number | undefined;

  /** Of a figure with more than `mostPoints` some are left out, but no extreme; see core's history. */
  constructor(mostPoints?: number) {
    const create = (): History => createHistory(mostPoints);
    this.kept = { values: create(), machine: create(), rates: create() };
    this.times = create();
  }

  /** Of each figure x rises; at its newest x the value takes the place of the one before. */
  add({ x, values, machine, learningRates, time, of }: Point): void {
    this.of = of ?? this.of;
    if (values.length > 0) append(this.kept.values, x, Object.fromEntries(values));
    if (machine.length > 0) append(this.kept.machine, x, Object.fromEntries(machine));
    if (learningRates.length > 0) {
      append(this.kept.rates, x, Object.fromEntries(learningRates.map(({ name, value }) => [name, value])));
    }
    if (time !== undefined) append(this.times, x, { time });
  }

  /** By rising x, one for each; no number is `null`. */
  points(): Point[] {
    const rows = new Map<number, Row>();
    for (const kind of ["values", "machine", "rates"] as const) {
      for (const [name, { x, values }] of this.kept[kind].series) {
        x.forEach((at, index) => {
          const row = rows.get(at) ?? { values: [], machine: [], rates: [] };
          rows.set(at, row);
          row[kind].push([name, values[index] ?? null]);
        });
      }
    }
    const times = timesOf(this.times);
    return [...rows]
      .sort(([one], [other]) => one - other)
      .map(([x, { values, machine, rates }]) => ({
        kind: "point",
        x,
        values,
        machine,
        time: times.get(x),
        of: this.of,
        learningRates: rates.flatMap(([name, value]) => (value === null ? [] : [{ name, value }])),
      }));
  }
}

type Row = Record<Kind, (readonly [name: string, value: number | null])[]>;

function append(history: History, x: number, values: MetricValues): void {
  const metrics = Object.fromEntries(Object.entries(values).map(([tag, value]) => [tag, finite(value)]));
  appendValues(history, { v: EVENT_VERSION, seq: 0, runId: "", time: 0, type: "point", x, metrics });
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function timesOf({ series }: History): ReadonlyMap<number, number> {
  const { x = [], values = [] } = series.get("time") ?? {};
  return new Map(x.flatMap((at, index) => (values[index] === null ? [] : [[at, values[index] as number]])));
}
