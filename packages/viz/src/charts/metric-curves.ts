// The curves that a metric came to: ROC, precision by recall, reliability.
import { requireArgument } from "@trainscope/core/errors";
import type { MetricCurves } from "@trainscope/core/events";
import { type LineStyle, lineStyle, SUBDUED } from "../theme.ts";
import { type FigureOptions, frame } from "./figure.ts";
import type { Layer } from "./layer.ts";
import type { ChartSpecification } from "./specification.ts";
import { requireValues } from "./values.ts";
import { specification } from "./vega-lite-checked.ts";

/** What `metricCurvesSpecification` takes. */
export interface MetricCurvesOptions extends FigureOptions {
  readonly title: string;
  /** What is across, and what is up. */
  readonly axes?: readonly [string, string] | undefined;
  /** A line from (0, 0) to (1, 1) to compare with; both axes then go from 0 to 1. */
  readonly diagonal?: boolean | undefined;
}

const SIZE = { width: 400, height: 400 };

/** A place without a number is a gap. Throws `BAD_OPTION` where no curve has a place. */
export function metricCurvesSpecification(
  value: Pick<MetricCurves, "curves">,
  options: MetricCurvesOptions,
): ChartSpecification {
  requireArgument("metricCurvesSpecification", "value", value, "an object");
  requireArgument("metricCurvesSpecification", "options", options, "an object");
  const { curves } = value;
  const { title, subtitle = "", axes = ["x", "y"], diagonal = false, size = SIZE } = options;
  const places = curves.flatMap(({ name, x, y }) => x.map((at, i) => ({ name, x: at, y: y[i] ?? null, i })));
  requireValues(places.filter(({ x, y }) => x !== null && y !== null).length, "place", title);
  const names = curves.map(({ name }) => name);
  const styles: readonly LineStyle[] = names.map((_, index) => lineStyle(index));
  const legend = { title: null, columns: Math.min(names.length, 5), symbolType: "stroke" as const };
  const scale = diagonal ? { scale: { domain: [0, 1] } } : { scale: { zero: false } };
  const encoding = {
    x: { field: "x", type: "quantitative" as const, title: axes[0], ...scale },
    y: { field: "y", type: "quantitative" as const, title: axes[1], ...scale },
  };
  const compared: Layer[] = diagonal
    ? [
        {
          data: { values: [0, 1].map((at) => ({ x: at, y: at })) },
          mark: { type: "line", color: SUBDUED, strokeWidth: 1, strokeDash: [3, 3], tooltip: null },
          encoding,
        },
      ]
    : [];
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: size.width }),
    ...size,
    layer: [
      ...compared,
      {
        data: { values: places },
        mark: {
          type: "line",
          strokeWidth: 2,
          point: places.length <= 30 * names.length,
          invalid: "break-paths-show-domains",
        },
        encoding: {
          ...encoding,
          order: { field: "i", type: "quantitative" },
          color: {
            field: "name",
            type: "nominal",
            scale: { domain: names, range: styles.map(({ colour }) => colour) },
            legend: names.length > 1 ? legend : null,
          },
          strokeDash: {
            field: "name",
            type: "nominal",
            scale: { domain: names, range: styles.map(({ dash }) => [...dash]) },
            legend: names.length > 1 ? legend : null,
          },
        },
      },
    ],
  });
}
