// What a metric came to that is no single number, as a chart: a heat map of a matrix, or curves.
import type { MetricResultEvent } from "@trainscope/core/events";
import { heatMapSpecification } from "./heat-map.ts";
import { metricCurvesSpecification } from "./metric-curves.ts";
import type { ChartSpecification } from "./specification.ts";

interface ResultOptions {
  readonly title: string;
  readonly subtitle: string;
  /** Rows and columns of a matrix with one of each for every class have their names. */
  readonly classNames: readonly string[];
}

/** Throws `BAD_OPTION` where it has no number. */
export function resultSpecification(
  { value, display: { axes, diagonal } }: Pick<MetricResultEvent, "value" | "display">,
  { title, subtitle, classNames }: ResultOptions,
): ChartSpecification {
  if (value.kind === "curves") return metricCurvesSpecification(value, { title, subtitle, axes, diagonal });
  const { rows } = value;
  const isByClass = [rows.length, rows[0]?.length, new Set(classNames).size].every(
    (count) => count === classNames.length,
  );
  const names = isByClass ? { rowNames: classNames, columnNames: classNames } : {};
  return heatMapSpecification({ rows, title, subtitle, xTitle: axes?.[0], yTitle: axes?.[1], ...names });
}
