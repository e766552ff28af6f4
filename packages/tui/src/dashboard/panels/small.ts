// What a terminal below the least size shows: what is wrong, and still the figures that matter most.

import { type Formats, formatMetric } from "../../text/format-metric.ts";
import { LEAST_COLUMNS, LEAST_ROWS } from "../layout.ts";
import { groupMetrics, metricCell } from "../model/metrics.ts";
import type { DashboardState } from "../model/state.ts";
import { type Row, run } from "../text/rows.ts";
import { COLORS } from "../theme.ts";

export function smallRows(state: DashboardState, formats: Formats, columns: number, rows: number): Row[] {
  const loss = groupMetrics(state.run?.metrics ?? []).find(({ name }) => name === "loss");
  const value = (split: "train" | "validation"): string =>
    loss ? formatMetric(loss.info, metricCell(state, loss[split])?.newest, formats) : "-";
  const figures: Row[] = [
    [
      run(`epoch ${state.epoch}/${state.epochs || "-"}  `),
      run(`loss ${value("train")}`, { color: COLORS.train }),
    ],
    [run(`validation loss ${value("validation")}`, { color: COLORS.validation })],
  ];
  return [...tooSmallRows(columns, rows), ...figures];
}

/** What is wrong, in a line or, where that is too narrow, in three. */
export function tooSmallRows(columns: number, rows: number): Row[] {
  const message = `terminal too small (${columns}x${rows}), needs ${LEAST_COLUMNS}x${LEAST_ROWS}`;
  const parts = columns >= message.length ? [message] : message.split(/(?<=small) |(?<=\),) /);
  return parts.map((part) => [run(part, { bold: true, color: COLORS.caution })]);
}
