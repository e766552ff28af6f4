// How many charts go on a page, and where they lie on it.
import type { Rect } from "../text/layout.ts";

export interface ChartPages {
  /** From left to right and from the top; the last page may leave some free. */
  readonly rects: readonly Rect[];
  readonly pages: number;
}

export interface Proportions {
  /** Columns and rows, with a frame and without. */
  readonly framed: readonly [width: number, height: number];
  readonly bare: readonly [width: number, height: number];
  /** Width to height: about this is easy on the eye. */
  readonly calm: number;
}

const CHART: Proportions = { framed: [36, 8], bare: [28, 5], calm: 3 };

/** As many charts a page as are comfortable, and no more pages than that takes; all pages are arranged alike. */
export function chartPages(area: Rect, wanted: number, framed: boolean, of = CHART): ChartPages {
  const [leastWidth, leastHeight] = framed ? of.framed : of.bare;
  const mostAcross = Math.max(1, Math.floor(area.width / leastWidth));
  const mostDown = Math.max(1, Math.floor(area.height / leastHeight));
  const pages = Math.max(1, Math.ceil(wanted / (mostAcross * mostDown)));
  const count = Math.max(1, Math.ceil(wanted / pages));
  const { across, down } = calmest(area, count, [mostAcross, mostDown], of.calm);
  const rects = Array.from({ length: count }, (_, index): Rect => {
    const row = Math.floor(index / across);
    // What stands alone in the last row may have all of it, but only where there is no other page to look like.
    const inRow = pages === 1 ? Math.min(across, count - row * across) : across;
    const [left, width] = share(area.width, inRow, index - row * across);
    const [top, height] = share(area.height, down, row);
    return { left: area.left + left, top: area.top + top, width, height };
  });
  return { rects, pages };
}

/** Of all grids that hold `count` charts the one whose proportions are calmest, with no place left free if possible. */
function calmest(area: Rect, count: number, [mostAcross, mostDown]: readonly [number, number], calm: number) {
  let best = { across: 1, down: count, badness: Number.POSITIVE_INFINITY };
  for (let across = 1; across <= Math.min(count, mostAcross); across++) {
    const down = Math.ceil(count / across);
    if (down > mostDown) continue;
    const proportion = area.width / across / (area.height / down);
    const badness = Math.abs(Math.log(proportion / calm)) + (count % across === 0 ? 0 : 0.6);
    if (badness < best.badness) best = { across, down, badness };
  }
  return best;
}

/** Start and length of one of `parts` nearly equal parts. */
function share(length: number, parts: number, index: number): [number, number] {
  const start = Math.round((length * index) / parts);
  return [start, Math.round((length * (index + 1)) / parts) - start];
}
