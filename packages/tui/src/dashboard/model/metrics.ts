// What is shown of each metric: grouped by name, with a column for each split, and which of them get a chart.
import type { History, Split } from "@trainscope/core";
import type { MetricInfo } from "@trainscope/core/events";
import type { BestValue } from "@trainscope/core/history";
import { type FigureKind, figureKind, figureRank } from "../../text/figure-kind.ts";
import { extentOf } from "../chart/extent.ts";
import { isNumber, type Values } from "../chart/values.ts";
import type { DashboardState } from "./state.ts";

export interface MetricGroup {
  readonly name: string;
  readonly kind: FigureKind;
  /** For what all splits have in common: unit, direction, display. */
  readonly info: MetricInfo;
  readonly train: MetricInfo | undefined;
  readonly validation: MetricInfo | undefined;
  /** Only where it has a course: most runs have their test figures at the end alone. */
  readonly test: MetricInfo | undefined;
  /** Of the learning rates of several parameter groups, which share a chart: all of them. */
  readonly rates?: readonly MetricInfo[];
  /** In a run without validation the test figures are drawn like those. */
  readonly testLook: "validation" | "test";
}

/**
 * Metrics by name that have anything to show during a run. Loss and accuracy first, then the custom ones; then the
 * cost, which is close to the loss, the parts of a loss, learning rates, and what tells of the machine.
 */
export function groupMetrics(metrics: readonly MetricInfo[], series: History["series"]): MetricGroup[] {
  const groups = Map.groupBy(metrics, ({ name }) => name);
  const names = [...groups.keys()];
  const testLook = metrics.some(({ split }) => split === "validation") ? "test" : "validation";
  const shown = [...groups].flatMap(([name, infos]): MetricGroup[] => {
    const of = (split: Split) => infos.find((candidate) => candidate.split === split);
    const [train, validation, tested] = [of("train"), of("validation"), of("test")];
    const test = tested && series.has(tested.tag) ? tested : undefined;
    const info = train ?? validation ?? test;
    if (info === undefined) return [];
    const declared = figureKind(name, names);
    const isConstant = declared !== "learning rate" && neverChanges([train, validation, test], series);
    return [{ name, kind: isConstant ? "constant" : declared, info, train, validation, test, testLook }];
  });
  return shown.toSorted((a, b) => figureRank(a, a.kind) - figureRank(b, b.kind));
}

/** From so many values on, what is always the same is told as a setting. */
const ENOUGH = 3;

/** A loss or a score that doesn't change is news, and no setting. */
function neverChanges(infos: readonly (MetricInfo | undefined)[], series: History["series"]): boolean {
  return infos.every((info) => {
    if (info === undefined) return true;
    const { values = [] } = series.get(info.tag) ?? {};
    const { low, high, missing } = extentOf(values);
    return info.direction === "none" && values.length >= ENOUGH && missing === 0 && low === high;
  });
}

/** What a run's figures are shown as. */
export interface Figures {
  /** Each has a row of numbers. */
  readonly listed: readonly MetricGroup[];
  readonly charted: readonly MetricGroup[];
  /** Told with the settings. */
  readonly constants: readonly MetricGroup[];
}

export function figuresOf({ run, history }: Pick<DashboardState, "run" | "history">): Figures {
  const groups = groupMetrics(run?.metrics ?? [], history.series);
  const listed = groups.filter(({ kind }) => kind !== "constant");
  const charted = listed.filter(({ kind, info }) => info.display.chart ?? kind !== "machine");
  return {
    listed,
    charted: withJointRates(charted),
    constants: groups.filter(({ kind }) => kind === "constant"),
  };
}

/** Several learning rates in place of the first of them, in one chart. */
function withJointRates(charted: readonly MetricGroup[]): readonly MetricGroup[] {
  const all = charted.filter(({ kind }) => kind === "learning rate");
  const [first] = all;
  const rates = all.flatMap(({ train }) => train ?? []);
  if (first === undefined || rates.length < 2) return charted;
  const name = "learning rates";
  const joint: MetricGroup = { ...first, name, info: { ...first.info, name }, rates };
  return charted.flatMap((group) =>
    group === first ? [joint] : group.kind === "learning rate" ? [] : [group],
  );
}

/** What one split has of one metric. */
export interface MetricCell {
  readonly newest: number | null;
  readonly previous: number | null;
  readonly best: BestValue | undefined;
  /** Where each of the values is, in epochs or steps. */
  readonly x: readonly number[];
  readonly values: readonly (number | null)[];
  /** How many values there were, before the series was thinned. */
  readonly total: number;
}

/** Of a metric that is computed every nth epoch only, its newest value counts until the next is due. */
function lastTwo(values: Values, every: number): readonly (number | null | undefined)[] {
  const ago = values.slice(-every).toReversed().findIndex(isNumber);
  return ago < 0 ? [] : [values.at(-1 - ago), values.at(-1 - ago - every)];
}

export function metricCell(
  state: Pick<DashboardState, "history" | "newest">,
  info: MetricInfo | undefined,
): MetricCell | undefined {
  if (info === undefined) return undefined;
  const { x = [], values = [], total = 0 } = state.history.series.get(info.tag) ?? {};
  const { every, ...extent } = extentOf(values);
  const [newest, previous] = every > 1 ? lastTwo(values, every) : [state.newest[info.tag], values.at(-2)];
  const bestAt = (index: number | undefined): BestValue | undefined => {
    const [at, value] = index === undefined ? [] : [x[index], values[index]];
    return at === undefined || !isNumber(value) ? undefined : { x: at, value };
  };
  return {
    newest: newest ?? null,
    previous: previous ?? null,
    best:
      info.direction === "min"
        ? bestAt(extent.lowAt)
        : info.direction === "max"
          ? bestAt(extent.highAt)
          : undefined,
    x,
    values,
    total,
  };
}
