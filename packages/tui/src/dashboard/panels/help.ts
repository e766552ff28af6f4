// The help that lies over the screen: every key, and how to read what is shown.
import { alignLeft, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme, validationLine } from "../theme.ts";

export const HELP_WIDTH = 58;
export const HELP_HEIGHT = 15;

export function helpRows(theme: Theme): Row[] {
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
