// The help that lies over the screen: every key, and how to read what is shown.
import { alignLeft, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme, validationLine } from "../theme.ts";

/** A help that lies over a screen: its size in cells, its frame included. */
export interface Help {
  readonly width: number;
  readonly height: number;
  rows(theme: Theme): readonly Row[];
}

export const RUN_HELP: Help = { width: 58, height: 15, rows: helpRows };

function helpRows(theme: Theme): Row[] {
  const { glyphs } = theme;
  const key = (keys: string, does: string): Row => [run(alignLeft(keys, 11), { bold: true }), run(does)];
  return [
    key("space, p", "pause, or go on"),
    key("s", "train one epoch, then pause"),
    key("x", "stop: finish the batch, save, summary"),
    key("q", "quit now without saving (press it twice)"),
    key("Ctrl-C", "like x; once more leaves now"),
    key("?, h", "this help; Esc closes it"),
    [],
    [
      run(glyphs.trainLine, { color: COLORS.train }),
      run(" train   "),
      run(validationLine(theme), { color: COLORS.validation }),
      run(" validation   "),
      run(glyphs.barEmpty.repeat(2), { dim: true }),
      run(" baseline (guessing)"),
    ],
    [run("Charts: epochs from left to right.", { dim: true })],
    [
      run(glyphs.star, { color: COLORS.good }),
      run(" the best so far   "),
      run(`${glyphs.up}${glyphs.down}`, { color: COLORS.good }),
      run(" better   "),
      run(theme.color ? `${glyphs.up}${glyphs.down}` : glyphs.worse, { color: COLORS.caution }),
      run(" worse than before"),
    ],
    [
      run(glyphs.warning, { color: COLORS.caution }),
      run(" problems so far   "),
      run("best: value and epoch", { dim: true }),
    ],
  ];
}
