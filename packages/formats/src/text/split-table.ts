// Tables with a column for each split and a row for each figure: what Ludwig and AllenNLP print of an epoch.
import type { Split } from "@trainscope/core";
import type { Field } from "../format.ts";
import { splitOfWord } from "../meaning/words.ts";
import { parseNumber } from "./numbers.ts";

/** Between the rows of a table. */
const RULE = /^[\s|+:=╒╕╘╛╞╡├┤┌┐└┘┼╪╤╧┬┴═─━-]+$/;

export class SplitTable {
  private splits: readonly Split[] = [];

  /** A row's fields; "header" for a header; `undefined` for what is no part of such a table. */
  read(line: string): readonly Field[] | "header" | undefined {
    if (RULE.test(line)) return this.splits.length > 0 ? "header" : undefined;
    const cells = line.includes("|") ? cellsOf(line) : [];
    const splits = splitsOf(cells);
    if (splits !== undefined) {
      this.splits = splits;
      return "header";
    }
    if (this.splits.length === 0) return undefined;
    const [name = "", ...texts] = cells;
    const values = texts.map(parseNumber);
    const isRow = values.length === this.splits.length && /\p{Letter}/u.test(name);
    const isOfNumbers = values.every((value, index) => value !== undefined || texts[index] === "");
    if (!isRow || !isOfNumbers || !values.some((value) => typeof value === "number")) {
      // The table has ended: later lines with as many bars are none of it.
      this.splits = [];
      return undefined;
    }
    return values.flatMap((value, index): Field[] =>
      value === undefined ? [] : [[`${this.splits[index]} ${name}`, value]],
    );
  }
}

function cellsOf(line: string): readonly string[] {
  // A logger may stand before it.
  const own = line.replace(/^[^|]*\s-\s+(?=\S)/, "");
  return own
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

/** Of a header's cells, the first of which may be empty. */
function splitsOf(cells: readonly string[]): readonly Split[] | undefined {
  const named = cells[0] === "" ? cells.slice(1) : cells;
  const splits = named.map(splitOfWord).filter((split) => split !== undefined);
  return splits.length > 1 && splits.length === named.length ? splits : undefined;
}
