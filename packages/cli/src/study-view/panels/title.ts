// The first line: the program, the data, the study, and where it stands.
import { COLORS, type Color, type Row, rowWidth, run, spread, type Theme } from "@trainscope/tui/parts";
import { describeStudy } from "../describe-study.ts";
import type { StudyState } from "../model/state.ts";
import { readable } from "./readable.ts";

export function studyTitleRow(state: StudyState, width: number, theme: Theme): Row {
  const { glyphs } = theme;
  const brand: Row = [
    run(` ${glyphs.brand} `, { color: COLORS.brand }),
    run("trainscope report", { bold: true, color: COLORS.brand }),
  ];
  const [sign, label, color] = status(state, theme);
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

function status(
  { phase, stopping, reason = "completed" }: StudyState,
  { glyphs }: Theme,
): readonly [string, string, Color] {
  const soon = glyphs.ellipsis === "…" ? "…" : "...";
  const endings = {
    completed: [glyphs.done, "done", COLORS.good],
    stopped: [glyphs.stopping, "stopped", COLORS.caution],
    failed: [glyphs.error, "failed", COLORS.bad],
  } as const;
  if (phase === "ended") return endings[reason];
  if (stopping) return [glyphs.stopping, `stopping${soon}`, COLORS.caution];
  if (phase === "waiting") return [glyphs.dot, `warming up${soon}`, COLORS.caution];
  return [glyphs.running, "running", COLORS.good];
}
