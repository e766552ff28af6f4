// What a terminal below the least size shows: what is wrong, and still the figures that matter most.

import type { Split } from "@trainscope/core";
import { formatX } from "../../text/format.ts";
import { type Formats, formatMetric } from "../../text/format-metric.ts";
import { figuresOf, metricCell } from "../model/metrics.ts";
import { type DashboardState, positionOf } from "../model/state.ts";
import { LEAST_COLUMNS, LEAST_ROWS } from "../text/layout.ts";
import { type Row, run } from "../text/rows.ts";
import { COLORS } from "../text/theme.ts";

export function smallRows(state: DashboardState, formats: Formats, columns: number, rows: number): Row[] {
  const loss = figuresOf(state).listed.find(({ name }) => name === "loss");
  const { axis, done, all } = positionOf(state);
  const beside = loss?.validation === undefined && loss?.test !== undefined ? "test" : "validation";
  const value = (split: Split): string =>
    loss ? formatMetric(loss.info, metricCell(state, loss[split])?.newest, formats) : "-";
  const figures: Row[] = [
    [
      run(axis === "step" ? `step ${formatX(done)}  ` : `epoch ${done}/${all || "-"}  `),
      run(`loss ${value("train")}`, { color: COLORS.train }),
    ],
    [run(`${beside} loss ${value(beside)}`, { color: COLORS.validation })],
  ];
  return [...tooSmallRows(columns, rows), ...figures];
}

/** What is wrong, in a line or, where that is too narrow, in three. */
export function tooSmallRows(columns: number, rows: number): Row[] {
  const message = `terminal too small (${columns}x${rows}), needs ${LEAST_COLUMNS}x${LEAST_ROWS}`;
  const parts = columns >= message.length ? [message] : message.split(/(?<=small) |(?<=\),) /);
  return parts.map((part) => [run(part, { bold: true, color: COLORS.caution })]);
}
