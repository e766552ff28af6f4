// A table of plain text: its columns as wide as their widest cell, two spaces apart.
import { visible } from "@trainscope/core/text";
import { displayWidth } from "./width.ts";

const GAP = "  ";

/** A line a row, without spaces at its end. All rows have as many cells. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const cleaned = rows.map((row) => row.map(visible));
  const widths = columnWidths(cleaned);
  return cleaned.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - displayWidth(cell)))
      .join(GAP)
      .trimEnd(),
  );
}

/** Columns of the terminal that the table takes. */
export function tableWidth(rows: readonly (readonly string[])[]): number {
  const widths = columnWidths(rows.map((row) => row.map(visible)));
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
}

function columnWidths(rows: readonly (readonly string[])[]): readonly number[] {
  return (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
}
