// What a terminal below the least size shows: what is wrong, and still how far the study is.

import type { Theme } from "@trainscope/tui/parts";
import { type Row, run, tooSmallRows } from "@trainscope/tui/parts";
import { percent } from "@trainscope/tui/text";
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
