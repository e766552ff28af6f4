// Single characters at their places, and rows made of them.
import { type Row, type Run, run, type Style } from "../text/rows.ts";

/** By row and then by column. */
export type Cells = Map<number, Map<number, Run>>;

/** One character; it takes the place of what was there. */
export function putCell(cells: Cells, row: number, column: number, cell: Run): void {
  const inRow = cells.get(row) ?? new Map<number, Run>();
  cells.set(row, inRow.set(column, cell));
}

/** A character in each column from there. */
export function putText(cells: Cells, row: number, column: number, text: string, style: Style): void {
  [...text].forEach((character, index) => {
    putCell(cells, row, column + index, run(character, style));
  });
}

/** `count` cells as a row, neighbours that look alike in one run. */
export function rowOfCells(count: number, cellAt: (column: number) => Run): Row {
  const row: Run[] = [];
  let text = "";
  let look: Style = {};
  for (let column = 0; column < count; column++) {
    const cell = cellAt(column);
    if (text !== "" && !looksLike(look, cell)) {
      row.push({ ...look, text });
      text = "";
    }
    if (text === "") look = cell;
    text += cell.text;
  }
  return text === "" ? row : [...row, { ...look, text }];
}

function looksLike(a: Style, b: Style): boolean {
  return (
    a === b ||
    (a.color === b.color && (a.bold ?? false) === (b.bold ?? false) && (a.dim ?? false) === (b.dim ?? false))
  );
}
