// Rows of numbers without a header: the first of each counts, as it rises from row to row.
import type { Field } from "../format.ts";
import { parseNumber } from "./numbers.ts";

/** So many columns may still be figures; more are data. */
const MOST_COLUMNS = 20;

export class BareRows {
  private before: readonly number[] | undefined;
  private hasBegun = false;

  /** The rows that a line has, or makes of the one before it; none where it is no such row. */
  read(line: string): readonly (readonly Field[])[] {
    const { before } = this;
    const row = rowOf(line);
    this.before = row;
    if (before === undefined || row === undefined || !follows(row, before)) {
      this.hasBegun = false;
      return [];
    }
    const rows = this.hasBegun ? [row] : [before, row];
    this.hasBegun = true;
    return rows.map(fieldsOf);
  }
}

function rowOf(line: string): readonly number[] | undefined {
  if (!/^\s*\d+(?:\s*[,;]\s*|\s+)[-+\dni.]/i.test(line) || !line.includes(".") || line.length > 1000)
    return undefined;
  const values = line
    .trim()
    .split(/\s*[,;]\s*|\s+/)
    .map(parseNumber);
  return values.length <= MOST_COLUMNS && values.every((value) => typeof value === "number")
    ? values
    : undefined;
}

function follows(row: readonly number[], before: readonly number[]): boolean {
  return row.length === before.length && (row[0] ?? 0) > (before[0] ?? 0);
}

/** Their names say where they stand. */
function fieldsOf([count = 0, ...values]: readonly number[]): readonly Field[] {
  return [["step", count], ...values.map((value, index): Field => [`column ${index + 2}`, value])];
}
