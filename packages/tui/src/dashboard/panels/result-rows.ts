// What a metric came to that is no single number, in rows: a heat map of a matrix, or curves.
import type { MetricResultEvent } from "@trainscope/core/events";
import { visible } from "@trainscope/core/text";
import { centred, type Row } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { heatMapRows } from "./heat-map.ts";
import { resultCurveRows } from "./result-curves.ts";

/** `classes` name the rows and columns of a matrix with one of each for every class. */
export function resultRows(
  { display, value }: Pick<MetricResultEvent, "display" | "value">,
  classes: readonly string[],
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const rows =
    value.kind === "curves"
      ? resultCurveRows(value, display.diagonal ?? false, width, height, theme)
      : heatMapRows(value.rows, classNamesOf(value.rows, classes), width, height, theme);
  return rows.length === 0 ? centred("no value", width, height) : rows;
}

/** Of `K x K` rows and columns are classes. */
function classNamesOf(rows: readonly (readonly unknown[])[], classes: readonly string[]) {
  const { length } = classes;
  return rows.length === length && rows[0]?.length === length ? classes.map(visible) : undefined;
}
