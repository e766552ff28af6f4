// Runs that tell the same figure as a fraction and in per cent, brought to fractions.
import type { History } from "@trainscope/core";
import type { MetricInfo } from "@trainscope/core/events";
import type { ComparedRun } from "./compared-run.ts";

/** The runs as they are, but for figures that are in per cent where another run has a fraction. */
export function withSameUnits(runs: readonly ComparedRun[]): readonly ComparedRun[] {
  const fractions = new Set(runs.flatMap(({ metrics }) => tagsWith(metrics, "fraction")));
  return runs.map((run) => {
    const tags = tagsWith(run.metrics, "%").filter((tag) => fractions.has(tag));
    return tags.length === 0 ? run : asFractions(run, new Set(tags));
  });
}

function tagsWith(metrics: ComparedRun["metrics"], unit: string): readonly string[] {
  return [...metrics.values()].filter((info) => info.unit === unit).map(({ tag }) => tag);
}

function asFractions(run: ComparedRun, tags: ReadonlySet<string>): ComparedRun {
  const metrics = [...run.metrics].map(([tag, info]): [string, MetricInfo] => [
    tag,
    tags.has(tag) ? { ...info, unit: "fraction" } : info,
  ]);
  const best = [...run.best].map(
    ([tag, one]) => [tag, tags.has(tag) ? { ...one, value: one.value / 100 } : one] as const,
  );
  const test = Object.entries(run.test).map(([tag, value]) => [tag, tags.has(tag) ? divided(value) : value]);
  return {
    ...run,
    metrics: new Map(metrics),
    best: new Map(best),
    test: Object.fromEntries(test),
    history: historyAsFractions(run.history, tags),
  };
}

function historyAsFractions(history: History, tags: ReadonlySet<string>): History {
  const series = [...history.series].map(
    ([tag, one]) => [tag, tags.has(tag) ? { ...one, values: one.values.map(divided) } : one] as const,
  );
  return { ...history, series: new Map(series) };
}

function divided(value: number | null): number | null {
  return value === null ? null : value / 100;
}
