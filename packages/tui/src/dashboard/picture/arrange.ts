// Where pictures with their words go: as large as lets all be seen at once, on pages where they would get too small.
import type { Theme } from "../text/theme.ts";
import type { Size } from "./resample.ts";

export interface Wish {
  readonly count: number;
  /** Of one picture, in pixels. */
  readonly pixels: Size;
  /** Rows of words below a picture: those it needs, and those it has where there is room. */
  readonly below: number;
  readonly mostBelow: number;
  /** Columns of words at the right of a picture, the gap to it included. */
  readonly beside: number;
  /** Columns that the words below need. */
  readonly leastWidth: number;
  /** Rows of a picture below which there are rather more pages. */
  readonly leastRows: number;
  /** Free rows between one and the next below. */
  readonly gap: number;
  readonly pictures: Theme["pictures"];
}

export interface Arrangement {
  /** Of a picture, in cells. */
  readonly columns: number;
  readonly rows: number;
  readonly perRow: number;
  readonly perPage: number;
  readonly pages: number;
  /** Rows of words below a picture. */
  readonly below: number;
  /** From one to the next, in cells; one column of it stays free. */
  readonly pitch: Size;
}

const COLUMN_GAP = 2;

/** `undefined` where there is no room for even one. */
export function arrange(wish: Wish, width: number, height: number): Arrangement | undefined {
  const sizes = sizesFor(wish, width, height);
  if (sizes.length === 0 || wish.count === 0) return undefined;
  const whole = sizes.find((size) => size.perRow * size.perColumn >= wish.count);
  if (whole) {
    const lines = Math.ceil(wish.count / whole.perRow);
    const perRow = Math.ceil(wish.count / lines);
    return arrangement(wish, whole, perRow, lines, width, height);
  }
  // As many a page as the least size allows, and those as large as can be.
  const least = sizes.at(-1) as Fit;
  const most = least.perRow * least.perColumn;
  const chosen = sizes.find((size) => size.perRow * size.perColumn >= most) ?? least;
  return arrangement(wish, chosen, chosen.perRow, chosen.perColumn, width, height);
}

interface Fit {
  readonly columns: number;
  readonly rows: number;
  readonly perRow: number;
  readonly perColumn: number;
}

/** Those that fit at least once, the largest first; smaller than wished only where nothing else fits. */
function sizesFor(wish: Wish, width: number, height: number): readonly Fit[] {
  const { pixels, pictures, below, beside, leastWidth, gap, leastRows } = wish;
  const fits: Fit[] = [];
  for (let rows = height - below; rows >= 1; rows--) {
    if (rows < leastRows && fits.length > 0) break;
    // Pixels of unequal size would show where a picture is enlarged by less than a whole number.
    if (pictures === "blocks" && 2 * rows > pixels.height && (2 * rows) % pixels.height !== 0) continue;
    const columns = Math.max(1, Math.round((2 * rows * pixels.width) / pixels.height));
    const cellWidth = Math.max(columns + beside, leastWidth) + COLUMN_GAP;
    const perRow = Math.floor((width + COLUMN_GAP) / cellWidth);
    const perColumn = Math.floor((height + gap) / (rows + below + gap));
    if (perRow > 0 && perColumn > 0) fits.push({ columns, rows, perRow, perColumn });
  }
  return fits;
}

function arrangement(
  { count, below, mostBelow, gap }: Wish,
  { columns, rows }: Fit,
  perRow: number,
  lines: number,
  width: number,
  height: number,
): Arrangement {
  const perPage = perRow * lines;
  // What is left over makes room for words, then air, but no holes.
  const room = Math.floor((height + gap) / lines);
  const words = Math.max(below, Math.min(mostBelow, room - rows - Math.max(1, gap)));
  return {
    columns,
    rows,
    perRow,
    perPage,
    pages: Math.ceil(count / perPage),
    below: words,
    pitch: {
      width: Math.floor((width + 1) / perRow),
      height: Math.min(room, rows + words + Math.max(2, gap)),
    },
  };
}
