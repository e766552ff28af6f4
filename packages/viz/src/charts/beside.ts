// Charts side by side in one picture, each with a title, axes and legends of its own.
import type { FigureOptions } from "./figure.ts";
import { frame } from "./figure.ts";
import type { ChartSpecification } from "./specification.ts";

const MOST_COLUMNS = 3;
/** CSS pixels of a chart, for the title above all of them. */
const USUAL_WIDTH = 400;

/** In rows of at most three. */
export function besideEachOther(
  charts: readonly ChartSpecification[],
  { title = "", subtitle = "" }: Pick<FigureOptions, "title" | "subtitle">,
): ChartSpecification {
  const columns = Math.min(charts.length, MOST_COLUMNS);
  const description = [title, ...charts.map((chart) => chart.description ?? "")].join(". ");
  const specification = {
    ...frame({ title, subtitle, description, width: columns * USUAL_WIDTH }),
    columns,
    concat: charts.map(({ $schema, config, description: _, ...chart }) => chart),
    resolve: { scale: { color: "independent", strokeDash: "independent" } },
  };
  return specification;
}
