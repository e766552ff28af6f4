// A table as JSON lines: an object an x, without the series that have no value there.
import { requireArgument } from "@trainscope/core/errors";
import { type RunTable, tableRows } from "../meaning/run-table.ts";

/** The table as an object a row, a line each; what has no value is left out. */
export function toJsonLines(table: RunTable): string {
  requireArgument("toJsonLines", "table", table, "an object");
  const { header, rows } = tableRows(table);
  return rows
    .map((row) =>
      Object.fromEntries(header.flatMap((name, column) => (row[column] == null ? [] : [[name, row[column]]]))),
    )
    .map((object) => `${JSON.stringify(object)}\n`)
    .join("");
}
