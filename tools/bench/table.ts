// Tables as text: the first column to the left, numbers to the right.

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function formatTable({ columns, rows }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => [...(line[column] ?? "")].length)));
  const pad = (cell: string, column: number): string => {
    const space = " ".repeat((widths[column] ?? 0) - [...cell].length);
    return column === 0 ? cell + space : space + cell;
  };
  const format = (line: readonly string[]): string =>
    columns
      .map((_, column) => pad(line[column] ?? "", column))
      .join("  ")
      .trimEnd();
  return [format(columns), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(format)].join("\n");
}

/** Three digits that count, e.g. 31.4, 0.813, 1268. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const whole = Math.floor(Math.abs(value)).toString().length;
  return value.toFixed(Math.max(0, Math.min(3, Math.abs(value) < 1 ? 3 : 3 - whole)));
}

export function percent(fraction: number): string {
  return Number.isFinite(fraction) ? `${(100 * fraction).toFixed(1)} %` : "–";
}
