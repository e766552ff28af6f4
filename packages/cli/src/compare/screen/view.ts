// What of a comparison is looked at, and how: what keys change, and no run does.
import type { MetricInfo } from "@trainscope/core/events";
import { FIRST_TABLE_VIEW, type TableView } from "../../screens/table-view.ts";
import { bestRuns, type Comparison, type PlacedRun } from "../comparison.ts";
import type { Alignment } from "../curve.ts";
import { type ComparedResult, resultOf } from "../results.ts";
import { matches } from "./filter.ts";
import { sorted } from "./sort.ts";

export interface CompareView extends TableView {
  /** `undefined` for the first metric there is. */
  readonly tag: string | undefined;
  readonly by: Alignment;
  /** As the metric asks for where it is `undefined`. */
  readonly log: boolean | undefined;
  /** Whose screen it is, as its title says. */
  readonly command: "compare" | "watch";
}

export function firstView(
  tag: string | undefined,
  by: Alignment,
  command: CompareView["command"] = "compare",
): CompareView {
  return { ...FIRST_TABLE_VIEW, tag, by, log: undefined, sort: "given", command };
}

/** What follows from a comparison and a view, for all that is drawn. */
export interface Shown {
  /** The matrix or the curves that are looked at in place of a metric's series. */
  readonly result: ComparedResult | undefined;
  /** `undefined` where no run has a value yet. */
  readonly metric: MetricInfo | undefined;
  /** Those that match the filter or are pinned, in the table's order. */
  readonly runs: readonly PlacedRun[];
  /** Of those; `undefined` where there is none. */
  readonly selected: PlacedRun | undefined;
  readonly best: ReadonlySet<PlacedRun>;
}

export function shownOf(comparison: Comparison, view: CompareView): Shown {
  const { metrics, runs: all } = comparison;
  const metric = metrics.find(({ tag }) => tag === view.tag) ?? metrics[0];
  const fitting = all.filter((run) => view.pinned.has(run.key) || matches(run, view.filter));
  const runs = sorted(fitting, view, metric);
  const selected = runs.find(({ key }) => key === view.selected) ?? runs[0];
  return {
    result: resultOf(comparison, view.tag),
    metric,
    runs,
    selected,
    best: metric ? bestRuns(runs, metric) : new Set(),
  };
}

export function usesLog({ log }: CompareView, metric: MetricInfo | undefined): boolean {
  return log ?? metric?.display.scale === "log";
}
