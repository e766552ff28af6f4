// Metrics that give a number a class, as a run's series have them: `recall-per-class/cat` and so on.
import type { MetricInfo } from "@trainscope/core/events";
import type { History } from "@trainscope/core/history";
import type { BarSeries } from "../charts/bars.ts";

/** A metric's newest value of each class, by split. */
export interface ClassVector {
  /** Of the metric. */
  readonly name: string;
  readonly unit: string | null;
  readonly series: readonly BarSeries[];
}

/** The metrics that have a series for each class, by the names of those series; none where there are no classes. */
export function vectorNames(
  metrics: readonly Pick<MetricInfo, "name">[],
  classNames: readonly string[],
): readonly string[] {
  const names = new Set(metrics.map(({ name }) => name));
  const owners = new Set([...names].flatMap((name) => /^(.+?)\//.exec(name)?.[1] ?? []));
  const isWhole = (owner: string): boolean =>
    classNames.length > 0 && classNames.every((one) => names.has(`${owner}/${one}`));
  return [...owners].filter(isWhole);
}

/** Those that have a value. */
export function classVectors(
  metrics: readonly MetricInfo[],
  history: History,
  classNames: readonly string[],
): readonly ClassVector[] {
  return vectorNames(metrics, classNames).flatMap((name) => {
    const ofMetric = metrics.filter((info) => info.name === `${name}/${classNames[0]}`);
    const series = ofMetric
      .map(({ split }) => ({
        name: split,
        values: classNames.map((one) => history.series.get(`${split}/${name}/${one}`)?.values.at(-1) ?? null),
      }))
      .filter(({ values }) => values.some((value) => value !== null));
    return series.length === 0 ? [] : [{ name, unit: ofMetric[0]?.unit ?? null, series }];
  });
}
