// What a command does to the view; what it asks of the world is an effect.
import { visible } from "@trainscope/core/text";
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

const LONGEST_FILTER = 200;

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
    case "filter":
      return { view: { ...view, typing: true, help: false } };
    case "type":
      return { view: { ...view, filter: (view.filter + visible(command.text)).slice(0, LONGEST_FILTER) } };
    case "erase":
      return { view: { ...view, filter: [...view.filter].slice(0, -1).join("") } };
    case "enter":
      return { view: { ...view, typing: false, help: false } };
    case "escape":
      if (view.help) return { view: { ...view, help: false } };
      return { view: { ...view, typing: false, filter: "" } };
    case "pin":
      return { view: pinned(view, comparison) };
    case "move":
      return { view: moved(view, comparison, command.by, page) };
    case "sort":
      return {
        view: { ...view, sort: after(sortColumns(comparison.differing), view.sort), reversed: false },
      };
    case "reverse":
      return { view: { ...view, reversed: !view.reversed } };
    case "help":
      return { view: { ...view, help: !view.help } };
    case "picture":
    case "csv":
    case "quit":
    case "interrupt":
      return { view, effect: command.kind };
  }
}

function after<Item>(items: readonly Item[], item: Item): Item {
  return items[(items.indexOf(item) + 1) % items.length] ?? item;
}

function metricAfter(view: CompareView, comparison: Comparison, by: number): string | undefined {
  const { result, metric } = shownOf(comparison, view);
  const tags = [...comparison.metrics, ...comparison.results].map(({ tag }) => tag);
  const now = tags.indexOf((result ?? metric)?.tag ?? "");
  return tags[(now + by + tags.length) % Math.max(1, tags.length)];
}

function pinned(view: CompareView, comparison: Comparison): CompareView {
  const { selected } = shownOf(comparison, view);
  if (selected === undefined) return view;
  const others = new Set([...view.pinned].filter((key) => key !== selected.key));
  return { ...view, pinned: others.size < view.pinned.size ? others : others.add(selected.key) };
}

function moved(
  view: CompareView,
  comparison: Comparison,
  by: Extract<CompareCommand, { kind: "move" }>["by"],
  page: number,
): CompareView {
  const { runs, selected } = shownOf(comparison, view);
  const now = selected === undefined ? 0 : runs.indexOf(selected);
  const steps = { page, "-page": -page, first: -runs.length, last: runs.length } as const;
  const wanted = now + (typeof by === "number" ? by : steps[by]);
  const key = runs[Math.max(0, Math.min(runs.length - 1, wanted))]?.key;
  return { ...view, selected: key };
}
