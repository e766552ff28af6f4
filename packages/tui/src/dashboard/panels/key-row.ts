// The last line of a screen: keys with what they do, or a notice in their place.
import { type Row, run } from "../text/rows.ts";
import { COLORS } from "../text/theme.ts";

/** A key and what it does. */
export type Keys = readonly (readonly [string, string])[];

/** A row that tells what the user should know now. */
export function noticeRow(text: string): Row {
  return [run(` ${text}`, { bold: true, color: COLORS.caution })];
}

/** Closer together where there is little room. */
export function keyRow(keys: Keys, width: number): Row {
  const gap = width < 70 ? "  " : "   ";
  return keys.flatMap(([key, does], index) => [
    run(`${index === 0 ? " " : gap}`),
    run(key, { bold: true }),
    run(` ${does}`, { dim: true }),
  ]);
}
