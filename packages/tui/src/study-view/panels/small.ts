// What a terminal below the least size shows: what is wrong, and still how far the study is.

import { LEAST_COLUMNS, LEAST_ROWS } from "../../dashboard/layout.ts";
import { percent } from "../../dashboard/panels/bar.ts";
import { type Row, run } from "../../dashboard/text/rows.ts";
import { COLORS, type Theme } from "../../dashboard/theme.ts";
import type { StudyState } from "../model/state.ts";
import { studyShare } from "../model/work.ts";
import { stageLine } from "./stages.ts";

export function smallStudyRows(state: StudyState, columns: number, rows: number, theme: Theme): Row[] {
  const message = `terminal too small (${columns}x${rows}), needs ${LEAST_COLUMNS}x${LEAST_ROWS}`;
  const parts = columns >= message.length ? [message] : message.split(/(?<=small) |(?<=\),) /);
  return [
    ...parts.map((part): Row => [run(part, { bold: true, color: COLORS.caution })]),
    [run(`${percent(studyShare(state).done)}% done`, { bold: true })],
    stageLine(state, columns, theme),
  ];
}
