// What is shown of each metric: grouped by name, with a column for each split, and which of them get a chart.
import type { BestValue, MetricInfo, Split } from "@trainscope/core";
import { extentOf } from "../chart/extent.ts";
import { isNumber, type Values } from "../chart/scale.ts";
import type { DashboardState } from "./state.ts";

export interface MetricGroup {
  readonly name: string;
  /** For what all splits have in common: unit, direction, display. */
  readonly info: MetricInfo;
  readonly train: MetricInfo | undefined;
  readonly validation: MetricInfo | undefined;
}

/**
 * Metrics by name that have anything to show during a run. Loss and accuracy first, then the custom ones; the
 * cost, which is close to the loss, comes last.
 */
export function groupMetrics(metrics: readonly MetricInfo[]): MetricGroup[] {
  const groups = new Map<string, MetricInfo[]>();
  for (const info of metrics) groups.set(info.name, [...(groups.get(info.name) ?? []), info]);
  const shown = [...groups].flatMap(([name, infos]) => {
    const of = (split: Split) => infos.find((candidate) => candidate.split === split);
    const [train, validation] = [of("train"), of("validation")];
    const info = train ?? validation;
    return info === undefined ? [] : [{ name, info, train, validation }];
  });
  return shown.toSorted((a, b) => rank(a) - rank(b));
}

function rank({ name }: MetricGroup): number {
  return name === "loss" ? 0 : name === "accuracy" ? 1 : name === "cost" ? 3 : 2;
}

export function chartedMetrics(groups: readonly MetricGroup[]): MetricGroup[] {
  return groups.filter(({ info }) => info.display.chart !== false);
}

/** What one split has of one metric. */
export interface MetricCell {
  readonly newest: number | null;
  readonly previous: number | null;
  readonly best: BestValue | undefined;
  readonly values: readonly (number | null)[];
}

/** Of a metric that is computed every nth epoch only, its newest value counts until the next is due. */
function lastTwo(values: Values, every: number): readonly (number | null | undefined)[] {
  const ago = values.slice(-every).toReversed().findIndex(isNumber);
  return ago < 0 ? [] : [values.at(-1 - ago), values.at(-1 - ago - every)];
}

export function metricCell(
  state: Pick<DashboardState, "history" | "newest" | "best">,
  info: MetricInfo | undefined,
): MetricCell | undefined {
  if (info === undefined) return undefined;
  const values = state.history.series.get(info.tag) ?? [];
  const { every } = extentOf(values);
  const [newest, previous] = every > 1 ? lastTwo(values, every) : [state.newest[info.tag], values.at(-2)];
  return {
    newest: newest ?? null,
    previous: previous ?? null,
    best: state.best.get(info.tag),
    values,
  };
}
