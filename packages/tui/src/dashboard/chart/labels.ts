// Letters beside the ends of curves, so that many in one plot can be told apart without their colours.
import type { DotCanvas } from "./canvas.ts";

export interface CurveEnd {
  readonly label: string;
  /** As on the canvas. */
  readonly owner: number;
  /** The cell of the curve's last point. */
  readonly column: number;
  readonly row: number;
}

/**
 * The ends by row and then by column of cells, each at the right of where its curve ends. Where that place is taken it
 * moves up or down to the nearest that is free; one that finds none is left out.
 */
export function placeLabels(
  ends: readonly CurveEnd[],
  canvas: DotCanvas,
): ReadonlyMap<number, ReadonlyMap<number, CurveEnd>> {
  const placed = new Map<number, Map<number, CurveEnd>>();
  for (const end of ends) {
    const column = end.column + 1;
    const free = nearestRows(end.row, canvas.rows).filter((row) => !placed.get(row)?.has(column));
    const close = free.filter((row) => Math.abs(row - end.row) <= FARTHEST);
    const blank = (row: number): boolean => column >= canvas.columns || canvas.owner(column, row) === 0;
    const row = close.find(blank) ?? free[0];
    if (row === undefined) continue;
    const inRow = placed.get(row) ?? new Map<number, CurveEnd>();
    placed.set(row, inRow.set(column, end));
  }
  return placed;
}

/** Rows that a label may be away from its curve and still be taken for its. */
const FARTHEST = 2;

function nearestRows(row: number, rows: number): number[] {
  return Array.from({ length: rows }, (_, index) => index).sort(
    (a, b) => Math.abs(a - row) - Math.abs(b - row),
  );
}
