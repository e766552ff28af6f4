// A curve one row high: the newest values, each a block as high as it stands between the least and the largest.
import { isNumber, type Values } from "./values.ts";

/** Exactly `width` characters, blank at the left while there are fewer values; a gap is blank. */
export function sparkline(values: Values, width: number, levels: readonly string[]): string {
  const shown = values.slice(-width);
  const finite = shown.filter(isNumber);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const blocks = shown.map((value) => {
    if (!isNumber(value)) return " ";
    const height = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
    return levels[Math.min(levels.length - 1, Math.floor(height * levels.length))] ?? " ";
  });
  return blocks.join("").padStart(width);
}
