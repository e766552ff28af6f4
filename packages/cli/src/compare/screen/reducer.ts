// What a command does to the view; what it asks of the world is an effect.
import { after, reduceTable } from "../../screens/table-view.ts";
import type { Comparison } from "../comparison.ts";
import { ALIGNMENTS } from "../curve.ts";
import type { CompareCommand } from "./keys.ts";
import { sortColumns } from "./sort.ts";
import { type CompareView, shownOf, usesLog } from "./view.ts";

export type CompareEffect = "picture" | "csv" | "quit" | "interrupt";

export interface Reduced {
  readonly view: CompareView;
  readonly effect?: CompareEffect;
}

/** `page` is how many runs the table shows. */
export function reduceCompare(
  view: CompareView,
  command: CompareCommand,
  comparison: Comparison,
  page: number,
): Reduced {
  switch (command.kind) {
    case "metric":
      // Each metric asks for an axis of its own.
      return { view: { ...view, tag: metricAfter(view, comparison, command.by), log: undefined } };
    case "align":
      return { view: { ...view, by: after(ALIGNMENTS, view.by) } };
    case "log":
      return { view: { ...view, log: !usesLog(view, shownOf(comparison, view).metric) } };
    case "picture":
    case "csv":
    case "quit":
    case "interrupt":
      return { view, effect: command.kind };
    default: {
      const { runs: rows, selected } = shownOf(comparison, view);
      const columns = sortColumns(comparison.differing);
      return { view: reduceTable(view, command, { rows, selected, columns, page }) };
    }
  }
}

function metricAfter(view: CompareView, comparison: Comparison, by: number): string | undefined {
  const { result, metric } = shownOf(comparison, view);
  const tags = [...comparison.metrics, ...comparison.results].map(({ tag }) => tag);
  const now = tags.indexOf((result ?? metric)?.tag ?? "");
  return tags[(now + by + tags.length) % Math.max(1, tags.length)];
}
