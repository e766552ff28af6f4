// Tables as CSV (RFC 4180), which a spreadsheet opens without taking a name for a formula.
import { visible } from "./visible.ts";

/** What a cell of a table may hold; `null` is an empty one. */
export type CsvValue = string | number | boolean | null;

/** A header and rows of as many values, lines ended by CRLF. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}

/** Numbers in full, `null` and what is no finite number as nothing, text in one line. */
export function csvField(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value === "number" && !Number.isFinite(value)) return "";
  if (typeof value !== "string") return String(value);
  const text = defused(visible(value));
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a spreadsheet would read as a formula gets an apostrophe before it (OWASP, CSV injection). */
function defused(text: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
}
