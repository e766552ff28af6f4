// The order of the table: as the runs were given, or by one of its columns.
import type { MetricInfo } from "@trainscope/core/events";
import { isBetter } from "@trainscope/core/history";
import { type PlacedRun, testTagOf } from "../comparison.ts";

/** Before the settings that differ. */
const COLUMNS = ["given", "name", "best", "test", "done", "state"];

/** What the table can be sorted by, in the order that the key goes through it. */
export function sortColumns(differing: readonly string[]): readonly string[] {
  // A setting may be called as a column is.
  return [...new Set([...COLUMNS, ...differing])];
}

export function sorted(
  runs: readonly PlacedRun[],
  { sort, reversed }: { readonly sort: string; readonly reversed: boolean },
  metric: MetricInfo | undefined,
): readonly PlacedRun[] {
  const compare = comparerOf(sort, metric);
  const order = compare === undefined ? runs : runs.toSorted(compare);
  return reversed ? order.toReversed() : order;
}

type Comparer = (one: PlacedRun, other: PlacedRun) => number;

function comparerOf(sort: string, metric: MetricInfo | undefined): Comparer | undefined {
  switch (sort) {
    case "given":
      return undefined;
    case "name":
      return (one, other) => byText(one.name, other.name);
    case "best":
      return metric && bestFirst(metric, (run) => run.best.get(metric.tag)?.value);
    case "test":
      return metric && bestFirst(metric, (run) => run.test[testTagOf(metric)] ?? undefined);
    case "done":
      return (one, other) => other.epochs.done - one.epochs.done;
    case "state":
      return (one, other) => byText(one.state, other.state);
    default:
      return (one, other) => byText(one.settings.get(sort) ?? "", other.settings.get(sort) ?? "");
  }
}

/** Without a value last. */
function bestFirst(
  { direction }: MetricInfo,
  figureOf: (run: PlacedRun) => number | undefined,
): Comparer | undefined {
  return (one, other) => {
    const [first, second] = [figureOf(one), figureOf(other)];
    if (first === undefined || second === undefined)
      return Number(first === undefined) - Number(second === undefined);
    return isBetter(direction, first, second) ? -1 : isBetter(direction, second, first) ? 1 : 0;
  };
}

const NUMERIC = new Intl.Collator("en", { numeric: true });

/** Numbers by their size, wherever they stand. */
function byText(one: string, other: string): number {
  const [first, second] = [Number.parseFloat(one), Number.parseFloat(other)];
  return first < second ? -1 : first > second ? 1 : NUMERIC.compare(one, other);
}
