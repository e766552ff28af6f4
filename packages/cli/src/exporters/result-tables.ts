// The matrices and curves of a run as CSV, a file each: in the table of its figures they have no column.
import type { MetricResultEvent, TrainingEvent } from "@trainscope/core/events";
import { toCsv } from "@trainscope/core/text";

export interface ResultTable {
  /** `confusion-validation`, of letters, digits and hyphens: a metric's name comes from its author. */
  readonly name: string;
  /** The metric and its split, in words. */
  readonly title: string;
  readonly csv: string;
}

/** Takes a run's events; each result is the newest of its tag. */
export class ResultTables {
  private readonly results = new Map<string, MetricResultEvent>();
  private classes: readonly string[] = [];

  take(event: TrainingEvent): void {
    if (event.type === "run:start") this.classes = event.data?.classes ?? [];
    else if (event.type === "metric:result") this.results.set(event.tag, event);
  }

  tables(): readonly ResultTable[] {
    return [...this.results.values()].map(({ name, split, epoch, value, display }) => ({
      name: `${name}-${split}`.replace(/[^\p{Letter}\p{Number}_-]+/gu, "-"),
      title: `${name}, ${split}, after epoch ${epoch}`,
      csv: value.kind === "matrix" ? this.matrix(value.rows, display) : curves(value.curves, display),
    }));
  }

  /** Rows and columns of a matrix with one of each for every class have their names; others are numbered from 1. */
  private matrix(
    rows: readonly (readonly (number | null)[])[],
    { axes }: MetricResultEvent["display"],
  ): string {
    const columns = rows[0]?.length ?? 0;
    const { length } = this.classes;
    const isByClass = rows.length === length && columns === length;
    const nameOf = (index: number): string =>
      (isByClass ? this.classes[index] : undefined) ?? String(index + 1);
    const corner = axes === undefined ? "" : `${axes[1]} / ${axes[0]}`;
    return toCsv(
      [corner, ...Array.from({ length: columns }, (_, column) => nameOf(column))],
      rows.map((row, index) => [nameOf(index), ...row]),
    );
  }
}

function curves(
  all: readonly {
    readonly name: string;
    readonly x: readonly (number | null)[];
    readonly y: readonly (number | null)[];
  }[],
  { axes = ["x", "y"] }: MetricResultEvent["display"],
): string {
  const rows = all.flatMap(({ name, x, y }) => x.map((at, index) => [name, at, y[index] ?? null]));
  return toCsv(["curve", ...axes], rows);
}
