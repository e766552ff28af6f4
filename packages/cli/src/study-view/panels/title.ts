// The first line: the program, the data, the study, and where it stands.
import { COLORS, type Row, rowWidth, run, spread, type Theme } from "@trainscope/tui/parts";
import { statusOf } from "../../screens/status.ts";
import { describeStudy } from "../describe-study.ts";
import type { StudyState } from "../model/state.ts";
import { readable } from "./readable.ts";

export function studyTitleRow(state: StudyState, width: number, theme: Theme): Row {
  const { glyphs } = theme;
  const brand: Row = [
    run(` ${glyphs.brand} `, { color: COLORS.brand }),
    run("trainscope report", { bold: true, color: COLORS.brand }),
  ];
  const [sign, label, color] = statusOf(state, theme);
  const problems = state.problems > 0 ? `  ${glyphs.warning} ${state.problems}` : "";
  const badge: Row = [
    run(problems, { color: COLORS.caution }),
    run(`   ${sign} ${label}`, { bold: true, color }),
    run(" "),
  ];
  if (state.start === undefined) return spread(brand, badge, width, glyphs.ellipsis);
  const data: Row = [...brand, run("  "), run(readable(state.start.dataName, theme))];
  const words = describeStudy(state.start);
  // As many words as there is room for.
  for (let count = words.length; count > 0; count--) {
    const whole: Row = [...data, run(`   ${words.slice(0, count).join(` ${glyphs.dot} `)}`, { dim: true })];
    if (rowWidth(whole) + rowWidth(badge) <= width) return spread(whole, badge, width, glyphs.ellipsis);
  }
  return spread(data, badge, width, glyphs.ellipsis);
}
