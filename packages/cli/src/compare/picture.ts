// A comparison as a picture: the curves of one metric, with what the runs differ in.

import type { MetricInfo } from "@trainscope/core/events";
import { visible } from "@trainscope/core/text";
import type { Comparison, PlacedRun } from "./comparison.ts";
import { type Alignment, alignmentOf, axisInWords, curveOf, positionOf, timeUnitFor } from "./curve.ts";
import { type ComparedResult, runsWith } from "./results.ts";
import { bandOf } from "./run-group.ts";
import { unusualOf, usualSettings } from "./unusual.ts";

export interface PictureOptions {
  readonly metric: MetricInfo;
  readonly by: Alignment;
  /** As the metric asks for where it is left out. */
  readonly scale?: "linear" | "log" | undefined;
  /** All where they are left out. */
  readonly runs?: readonly PlacedRun[] | undefined;
}

export type PictureFormat = "png" | "svg";

/** Throws `BAD_OPTION` where none of the runs has a value of the metric. */
export async function drawComparison(
  comparison: Comparison,
  format: PictureFormat,
  { metric, by: wanted, scale, runs = comparison.runs }: PictureOptions,
): Promise<Uint8Array | string> {
  const { compareSpecification, renderChart } = await import("@trainscope/viz");
  const by = alignmentOf(comparison, wanted);
  const unit = timeUnitFor(comparison.runs);
  const data = new Set(runs.map(({ settings }) => settings.get("data")));
  const [dataName] = data;
  const usual = usualSettings(comparison);
  const otherwise = [...usual].map(([name, value]) => `${name} ${value}`).join(", ");
  const curves = runs.map((run) => {
    const { at, values, isForked } = curveOf(run, metric.tag, by, unit.perSecond);
    const best = run.best.get(metric.tag);
    const bestAt = best && positionOf(run, best.x, by, unit.perSecond);
    return {
      name: visible(run.name),
      detail: visible(unusualOf(run, comparison, usual)),
      at,
      values,
      isForked,
      hasDiverged: run.state === "diverged",
      band: bandOf(run.group, metric.tag, values),
      best: best === undefined || bestAt === undefined ? undefined : { at: bestAt, value: best.value },
    };
  });
  const specification = compareSpecification(curves, {
    metric,
    scale,
    along: by === "time" ? { unit: unit.name } : (comparison.axis ?? { title: axisInWords(comparison) }),
    dataName: data.size === 1 ? dataName : undefined,
    otherwise: visible(otherwise),
  });
  return renderChart(specification, { format } as { format: "png" });
}

/** A heat map, or a chart of the curves, for each run that has the result. Throws `BAD_OPTION` where none has. */
export async function drawResults(
  { runs }: Pick<Comparison, "runs">,
  format: PictureFormat,
  result: ComparedResult,
): Promise<Uint8Array | string> {
  const { besideEachOther, resultSpecification } = await import("@trainscope/viz/parts");
  const { renderChart } = await import("@trainscope/viz");
  const charts = runsWith(runs, result).map(({ run, event }) =>
    resultSpecification(event, {
      title: visible(run.name),
      subtitle: `after epoch ${event.epoch}`,
      classNames: run.classNames.map(visible),
    }),
  );
  const title = `${visible(result.name)} (${visible(result.split)}) of ${charts.length} runs`;
  return renderChart(besideEachOther(charts, { title: title.charAt(0).toUpperCase() + title.slice(1) }), {
    format,
  });
}
