// What metrics come to that is no single number: matrices, curves, and figures of each class.
import type { MetricInfo, MetricResultEvent } from "@trainscope/core/events";
import { figuresOf, groupMetrics, type MetricGroup } from "./metrics.ts";
import type { DashboardState } from "./state.ts";

/** A figure for each class, of the split that says most. */
export interface ClassFigures {
  readonly kind: "per-class";
  readonly name: string;
  readonly infos: readonly MetricInfo[];
}

export type ShownResult = { readonly kind: "whole"; readonly event: MetricResultEvent } | ClassFigures;

export interface ResultsAndRest {
  readonly results: readonly ShownResult[];
  /** Metrics that are told otherwise. */
  readonly rest: readonly MetricGroup[];
}

/** Figures of classes first, then what was told whole. */
export function resultsOf(state: Pick<DashboardState, "run" | "history" | "results">): ResultsAndRest {
  const { listed } = figuresOf(state);
  const classes = state.run?.data?.classes ?? [];
  // Also what stood still so far: a class without its bar would take all others' with it.
  const all = groupMetrics(state.run?.metrics ?? [], state.history.series);
  const owners = Map.groupBy(all, ({ name }) => name.split("/", 1)[0] ?? name);
  const perClass = [...owners].flatMap(([owner, groups]): ClassFigures[] => {
    if (groups.length < 2 || groups.length !== classes.length) return [];
    const byName = new Map(groups.map((group) => [group.name, group]));
    const infos = classes.flatMap((name) => infoOf(byName.get(`${owner}/${name}`)) ?? []);
    return infos.length === classes.length ? [{ kind: "per-class", name: owner, infos }] : [];
  });
  const drawn = new Set(perClass.map(({ name }) => name));
  return {
    results: [...perClass, ...[...state.results.values()].map((event) => ({ kind: "whole", event }) as const)],
    rest: listed.filter(({ name }) => !drawn.has(name.split("/", 1)[0] ?? name)),
  };
}

function infoOf(group: MetricGroup | undefined): MetricInfo | undefined {
  return group && (group.validation ?? group.test ?? group.train);
}
