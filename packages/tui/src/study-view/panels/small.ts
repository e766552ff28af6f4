// What a terminal below the least size shows: what is wrong, and still how far the study is.

import { tooSmallRows } from "../../dashboard/panels/small.ts";
import { type Row, run } from "../../dashboard/text/rows.ts";
import type { Theme } from "../../dashboard/theme.ts";
import { percent } from "../../text/format.ts";
import type { StudyState } from "../model/state.ts";
import { studyShare } from "../model/work.ts";
import { stageLine } from "./stages.ts";

export function smallStudyRows(state: StudyState, columns: number, rows: number, theme: Theme): Row[] {
  return [
    ...tooSmallRows(columns, rows),
    [run(`${percent(studyShare(state).done)}% done`, { bold: true })],
    stageLine(state, columns, theme),
  ];
}
