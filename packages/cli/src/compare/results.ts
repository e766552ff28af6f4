// What metrics come to that is no single number, of the runs of a comparison: matrices and curves, each as it stood last.
import { TrainscopeError } from "@trainscope/core/errors";
import type { MetricMatrix, MetricResultEvent } from "@trainscope/core/events";
import type { ComparedRun } from "./compared-run.ts";

/** One that at least one run has. */
export type ComparedResult = Pick<MetricResultEvent, "tag" | "name" | "split" | "description" | "display"> & {
  readonly kind: MetricResultEvent["value"]["kind"];
};

/** In the order in which they were told first. */
export function resultsOf(runs: readonly Pick<ComparedRun, "results">[]): readonly ComparedResult[] {
  const found = new Map<string, ComparedResult>();
  for (const { results } of runs) {
    for (const { tag, name, split, description, display, value } of results.values()) {
      const described = description === undefined ? {} : { description };
      if (!found.has(tag)) found.set(tag, { tag, name, split, ...described, display, kind: value.kind });
    }
  }
  return [...found.values()];
}

/** Of the tag; `undefined` where no run has one. */
export function resultOf(
  { results }: { readonly results: readonly ComparedResult[] },
  tag: string | undefined,
): ComparedResult | undefined {
  return results.find((one) => one.tag === tag);
}

/** The runs that have it. Throws `BAD_OPTION` where none of those given has. */
export function runsWith<Run extends Pick<ComparedRun, "results">>(
  runs: readonly Run[],
  { tag }: ComparedResult,
): readonly { readonly run: Run; readonly event: MetricResultEvent }[] {
  const found = runs.flatMap((run) => {
    const event = run.results.get(tag);
    return event === undefined ? [] : [{ run, event }];
  });
  if (found.length > 0) return found;
  throw new TrainscopeError("BAD_OPTION", `none of the runs that are shown has "${tag}"`);
}

export interface ResultEntry {
  /** The result's, then row and column, or curve, place and axis. */
  readonly tag: string;
  readonly value: number | null;
}

/** Every number of a result with a name of its own; rows and columns that aren't classes, and places, are numbered from 1. */
export function* entriesOf(
  { tag, value }: MetricResultEvent,
  classNames: readonly string[],
): Generator<ResultEntry> {
  if (value.kind === "matrix") {
    const names = namesOfRows(value, classNames);
    for (const [i, row] of value.rows.entries()) {
      for (const [j, entry] of row.entries()) {
        const at = names === undefined ? `${i + 1}/${j + 1}` : `${names[i]}/${names[j]}`;
        yield { tag: `${tag}/${at}`, value: entry };
      }
    }
    return;
  }
  for (const { name, x, y } of value.curves) {
    for (const [i, at] of x.entries()) {
      yield { tag: `${tag}/${name}/${i + 1}/x`, value: at };
      yield { tag: `${tag}/${name}/${i + 1}/y`, value: y[i] ?? null };
    }
  }
}

/** Classes, where the matrix has a row and a column for each. */
function namesOfRows({ rows }: MetricMatrix, classNames: readonly string[]): readonly string[] | undefined {
  const { length } = classNames;
  return rows.length === length && rows[0]?.length === length ? classNames : undefined;
}
