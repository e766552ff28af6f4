// Rows of numbers without a header: the first of each counts, as it rises from row to row. A report of classes and the head of
// a data frame look alike, so that rows come to curves only where the source tells figures in no other way.
import type { Field } from "../format.ts";
import { parseNumber } from "./numbers.ts";

/** So many columns may still be figures; more are data. */
const MOST_COLUMNS = 20;

/** So many that are the last there is are no benchmark's, above a training that is slow to begin. */
const FEWEST_SETTLED = 4;

/** pandas prints no longer table whole: more rows are a training's. */
const MOST_HELD = 60;

type Row = readonly number[];

export class BareRows {
  private before: Row | undefined;
  private hasBegun = false;
  /** The last line that is no row. */
  private above = "";
  /** Nothing but rows has come so far. */
  private isAlone = true;
  /** Rows that count if the source ends without other figures. */
  private held: readonly Row[] = [];
  private newest: Row | undefined;
  private isDecided = false;
  private isOver = false;

  /** The rows that are known to count with this line, none yet where it may be one; `undefined` where it is no such row. */
  read(line: string): readonly (readonly Field[])[] | undefined {
    if (this.isOver) return undefined;
    const rows = this.rowsWith(line);
    const [first] = rows;
    if (first === undefined) return this.before === undefined || this.isOver ? undefined : [];
    if (this.newest !== undefined && !follows(first, this.newest)) {
      // A second table: neither is a training's.
      this.stop();
      return undefined;
    }
    this.newest = rows.at(-1);
    this.held = [...this.held, ...rows];
    this.isDecided ||= this.isAlone || this.held.length > MOST_HELD;
    return this.isDecided ? this.taken() : [];
  }

  /** What was held back, where rows are the last that came, for now. */
  settle(): readonly (readonly Field[])[] {
    if (!this.hasBegun || this.held.length < FEWEST_SETTLED) return [];
    this.isDecided = true;
    return this.taken();
  }

  /** What was held back, as nothing else has come. */
  end(): readonly (readonly Field[])[] {
    return this.taken();
  }

  /** Figures are told otherwise: the rows are data. */
  stop(): void {
    this.isOver = true;
    this.held = [];
  }

  private taken(): readonly (readonly Field[])[] {
    const { held } = this;
    this.held = [];
    return held.map(fieldsOf);
  }

  /** The rows that a line has, or makes of the one before it; none where it is no such row. */
  private rowsWith(line: string): readonly Row[] {
    const { before } = this;
    const row = rowOf(line);
    this.before = row;
    if (row === undefined) {
      this.above = line;
      this.isAlone &&= /^\s*[#%]/.test(line);
    } else if (before === undefined && isHeaderOf(this.above, row)) this.stop();
    if (this.isOver || before === undefined || row === undefined || !follows(row, before)) {
      this.hasBegun = false;
      return [];
    }
    const rows = this.hasBegun ? [row] : [before, row];
    this.hasBegun = true;
    return rows;
  }
}

/** A name for each column, or for all but the first, one or more blanks apart; of one alone only where it is indented. */
function isHeaderOf(line: string, { length }: Row): boolean {
  const text = line.trim().replace(/^[#%]\s*/, "");
  return [/\s+/, /\s{2,}|\t/].some((gap) => {
    const names = text.split(gap);
    return (
      (names.length === length || names.length === length - 1) &&
      (names.length > 1 || /^\s/.test(line)) &&
      names.every((name) => /^[\p{Letter}\d_]/u.test(name) && !/[:.,;!]$|^\d+\.\d*$/.test(name))
    );
  });
}

function rowOf(line: string): Row | undefined {
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

function follows(row: Row, before: Row): boolean {
  return row.length === before.length && (row[0] ?? 0) > (before[0] ?? 0);
}

/** Their names say where they stand. */
function fieldsOf([count = 0, ...values]: Row): readonly Field[] {
  return [["step", count], ...values.map((value, index): Field => [`column ${index + 2}`, value])];
}
