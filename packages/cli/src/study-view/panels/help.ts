// The help that lies over a study's screen: every key, and how to read what is shown.
import type { Help } from "@trainscope/tui/parts";
import { alignLeft, COLORS, type Row, run, type Theme } from "@trainscope/tui/parts";
import { CURVE_STYLES } from "../model/palette.ts";

export const STUDY_HELP: Help = { width: 58, height: 16, rows: studyHelpRows };

function studyHelpRows({ glyphs }: Theme): Row[] {
  const key = (keys: string, does: string): Row => [run(alignLeft(keys, 11), { bold: true }), run(does)];
  const letters = CURVE_STYLES.slice(0, 3).map(({ color, letter }) => run(`${letter} `, { color, bold: true }));
  return [
    key("x", "stop; finished trials are kept, and the"),
    key("", "same command goes on from there"),
    key("q", "quit now (press it twice)"),
    key("Ctrl-C", "like x; once more leaves now"),
    key(`${glyphs.up} ${glyphs.down}, k j`, "scroll the table; PgUp, PgDn, Home, End"),
    key("?, h", "this help; Esc closes it"),
    [],
    [...letters, run("  a trial's curve, here and in the lists")],
    [run("Chart: validation accuracy, epochs from left to right;", { dim: true })],
    [run("faint curves are those of trials that did worse.", { dim: true })],
    [
      run(glyphs.star, { color: COLORS.good }),
      run(" best of its stage   "),
      run(glyphs.error, { color: COLORS.bad }),
      run(" diverged   "),
      run("kept: from before", { dim: true }),
    ],
    [run("Time left: by the pace so far; "), run("-:-- while nobody knows", { dim: true })],
  ];
}
