// Panels laid over one another, as the rows of a whole screen. Pure: what is written to a terminal, and a picture of
// the view, are made of the same rows.
import type { Rect } from "../text/layout.ts";
import { type Row, type Run, rowWidth, run, sliceRow } from "../text/rows.ts";

export interface PlacedPanel {
  readonly rect: Rect;
  /** What lies higher covers what lies lower; on the same layer, what was placed later what was earlier. */
  readonly layer: number;
  /** From the top of the rectangle; blank where they end before it does, cut where they are longer. */
  readonly rows: readonly Row[];
}

/** `rows` rows of exactly `columns` columns. */
export function compose(panels: readonly PlacedPanel[], columns: number, rows: number): Row[] {
  const sorted = panels.toSorted((a, b) => a.layer - b.layer);
  return Array.from({ length: rows }, (_, y) => composeLine(piecesAt(sorted, y, columns), columns));
}

/** A row of a panel on a line of the screen. */
export interface Piece {
  readonly left: number;
  readonly width: number;
  readonly row: Row;
}

const EMPTY: Row = [];

/** Of panels in the order of their layers. */
export function piecesAt(sorted: readonly PlacedPanel[], y: number, columns: number): Piece[] {
  const pieces: Piece[] = [];
  for (const { rect, rows } of sorted) {
    if (y < rect.top || y >= rect.top + rect.height || rect.left >= columns) continue;
    const width = Math.min(rect.width, columns - rect.left);
    if (width > 0) pieces.push({ left: rect.left, width, row: rows[y - rect.top] ?? EMPTY });
  }
  return pieces;
}

/** Later pieces lie over earlier ones. */
export function composeLine(pieces: readonly Piece[], columns: number): Row {
  let seen: Piece[] = [];
  for (const piece of pieces) {
    const end = piece.left + piece.width;
    if (seen.some(({ left, width }) => left < end && left + width > piece.left)) {
      seen = seen.flatMap((under) => [crop(under, 0, piece.left), crop(under, end, columns)]);
      seen = seen.filter(({ width }) => width > 0);
    }
    seen.push(piece);
  }
  const line: Run[] = [];
  let column = 0;
  for (const { left, width, row } of seen.sort((a, b) => a.left - b.left)) {
    if (left > column) line.push(blank(left - column));
    line.push(...fitted(row, width));
    column = left + width;
  }
  if (column < columns) line.push(blank(columns - column));
  return line;
}

/** What of the piece lies between two columns of the screen. */
function crop({ left, width, row }: Piece, from: number, to: number): Piece {
  const first = Math.max(left, from);
  const end = Math.min(left + width, to);
  if (first >= end) return { left: first, width: 0, row: EMPTY };
  if (first === left && end === left + width) return { left, width, row };
  return { left: first, width: end - first, row: sliceRow(fitted(row, width), first - left, end - left) };
}

/** Exactly `width` columns, without a mark where it is cut. */
function fitted(row: Row, width: number): Row {
  const length = knownWidth(row);
  if (length === width) return row;
  return length > width ? sliceRow(row, 0, width) : [...row, blank(width - length)];
}

function blank(width: number): Run {
  return run(" ".repeat(width));
}

const WIDTHS = new WeakMap<Row, number>();

/** Rows never change, and most are the same in the next frame. */
function knownWidth(row: Row): number {
  let width = WIDTHS.get(row);
  if (width === undefined) {
    width = rowWidth(row);
    WIDTHS.set(row, width);
  }
  return width;
}
