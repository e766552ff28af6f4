// What of a line has to be written again: the runs between the first and the last that look different.
import { displayWidth, isPlain } from "../../text/width.ts";
import { type Row, rowWidth, sameRun } from "../text/rows.ts";

export interface Segment {
  /** Column on the screen, from 0. */
  readonly column: number;
  readonly row: Row;
}

/** Of two lines of the same width; `undefined` where they look the same. */
export function difference(before: Row, after: Row): Segment | undefined {
  let first = 0;
  let column = 0;
  for (; first < after.length; first++) {
    const [old, piece] = [before[first], after[first]];
    if (old === undefined || piece === undefined || !sameRun(old, piece)) break;
    column += displayWidth(piece.text);
  }
  if (first === after.length && first === before.length) return undefined;
  // Both lines are as wide, so what is the same at their ends is at the same place.
  let same = 0;
  while (same < Math.min(before.length, after.length) - first) {
    const [old, piece] = [before[before.length - 1 - same], after[after.length - 1 - same]];
    if (old === undefined || piece === undefined || !sameRun(old, piece)) break;
    same++;
  }
  const row = after.slice(first, after.length - same);
  return row.length === 0 ? undefined : { column, row };
}

/**
 * Cut behind each text that some terminals show wider or narrower than is reckoned here: what follows is put at its
 * column by itself, so that nothing but that text can be out of place.
 */
export function splitAtUncertain({ column, row }: Segment): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  let left = column;
  row.forEach(({ text }, index) => {
    if (isPlain(text) && index < row.length - 1) return;
    const part = row.slice(start, index + 1);
    segments.push({ column: left, row: part });
    left += rowWidth(part);
    start = index + 1;
  });
  return segments;
}
