// A matrix, or curves, of each run below each other, as plain text.
import { visible } from "@trainscope/core/text";
import { createTheme, plainText, resultRows } from "@trainscope/tui/parts";
import type { Comparison } from "./comparison.ts";
import { type ComparedResult, runsWith } from "./results.ts";

const COLUMNS = 100;
/** Of curves; a matrix has a row for each of its own as far as they have room. */
const ROWS = 24;

/** After an empty line, for each run that has it, whose it is and what it came to. */
export function describeResult({ runs }: Comparison, result: ComparedResult): readonly string[] {
  const theme = createTheme({ color: false, ascii: false });
  return runsWith(runs, result).flatMap(({ run, event }) => {
    const { value } = event;
    const height = value.kind === "matrix" ? Math.min(ROWS, value.rows.length + 1) : ROWS;
    const rows = resultRows(event, run.classNames, COLUMNS, height, theme);
    return [
      "",
      `${visible(result.tag)} of ${run.name}, after epoch ${event.epoch}`,
      ...rows.map((row) => plainText(row).trimEnd()),
    ];
  });
}
