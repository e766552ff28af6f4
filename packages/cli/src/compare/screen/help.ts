// The help that lies over the screen: every key, and how to read what is shown.

import type { Help } from "@trainscope/tui/parts";
import { alignLeft, COLORS, plotSigns, type Row, run, type Theme, validationLine } from "@trainscope/tui/parts";
import { LOOKS } from "../../screens/looks.ts";

export const COMPARE_HELP: Help = { width: 60, height: 18, rows: helpRows };

function helpRows(theme: Theme): Row[] {
  const { glyphs } = theme;
  const key = (keys: string, does: string): Row => [run(alignLeft(keys, 11), { bold: true }), run(does)];
  const letters = LOOKS.slice(0, 3).map(({ color, letter }) => run(`${letter} `, { color, bold: true }));
  const broken = validationLine({ ...theme, color: false });
  return [
    key("m, M", "the next metric; a matrix is the selected run's"),
    key("t", "align by epochs or steps, or by the time of training"),
    key("l", "logarithmic axis, or linear"),
    key("/", "filter: words of a name, a tag, or eta=0.001"),
    key("p", "pin the selected run: it stays, others dim"),
    key(`${glyphs.up} ${glyphs.down}, k j`, "select; PgUp, PgDn, Home, End"),
    key("s, S", "sort by the next column; the other way round"),
    key("v, e", "write a picture; write the values as CSV"),
    key("q", "quit; the runs are not touched"),
    [],
    [...letters, run(` ${glyphs.trainLine} ${broken}`), run("  a run's curve, here and in the table")],
    [
      run(`${plotSigns(theme.ascii).best} `, { bold: true }),
      run("the best value of all   "),
      run(glyphs.star, { color: COLORS.good }),
      run(" best of its column"),
    ],
    [run("Pauses don't count as time. A fork begins at its parent.", { dim: true })],
    [run("More than 12 runs: the first of the table have colours.", { dim: true })],
  ];
}
