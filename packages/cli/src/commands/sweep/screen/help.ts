// The help that lies over the screen: every key, and how to read what is shown.
import type { Help } from "@trainscope/tui/parts";
import { alignLeft, COLORS, type Row, run, type Theme } from "@trainscope/tui/parts";

export const BOARD_HELP: Help = { width: 60, height: 18, rows: helpRows };

function helpRows({ glyphs }: Theme): Row[] {
  const key = (keys: string, does: string): Row => [run(alignLeft(keys, 11), { bold: true }), run(does)];
  return [
    key(`${glyphs.up} ${glyphs.down}, k j`, "select; PgUp, PgDn, Home, End"),
    key("p", "pin the selected setting: it stays"),
    key("/", "filter: eta=0.001, batch=50, running"),
    key("s, S", "sort by the next column; the other way round"),
    key("m, M", "the map of the next two settings, or back"),
    key("v", "curves or map, where there is room for one"),
    key("x", "stop; the same command goes on from there"),
    key("q", "quit; what was trained is kept"),
    [],
    [run(glyphs.star, { color: COLORS.good }), run(" the best so far: longest trained, then by validation")],
    [run("A letter marks a curve, here and in the table.")],
    [run("A cell of the map is the best found there; of a range", { dim: true })],
    [run("its name is where the cell begins.", { dim: true })],
    [run(`${glyphs.dot} not tried yet   ${glyphs.error} diverged`, { dim: true })],
  ];
}
