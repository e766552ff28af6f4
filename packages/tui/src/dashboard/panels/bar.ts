// A fraction as a bar.
import { type Paint, type Row, run } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";

/** A thin bar with a half cell at its tip; the rest is faint. */
export function barRuns(
  fraction: number,
  width: number,
  color: Paint | undefined,
  { glyphs, ascii }: Theme,
): Row {
  const cells = Math.max(0, Math.min(1, fraction)) * width;
  const full = Math.floor(cells);
  const half = full < width && (ascii ? full > 0 : cells - full >= 0.5) ? glyphs.barTip : "";
  return [
    run(glyphs.barFull.repeat(full) + half, { color }),
    run(glyphs.barEmpty.repeat(width - full - half.length), { dim: true }),
  ];
}
