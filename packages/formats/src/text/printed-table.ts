// Tables that a program prints row by row below a header: fastai, skorch, scikit-learn, YOLO, H2O, Vowpal Wabbit.
import type { Split } from "@trainscope/core";
import type { Field } from "../format.ts";
import { counterOf, isMeasure, roleOf } from "../meaning/words.ts";
import { cellsAt, type Span, spansOf } from "./column-spans.ts";
import { parseNumber } from "./numbers.ts";

export interface TableRow {
  readonly fields: readonly Field[];
  readonly split?: Split;
  readonly isLoose?: boolean;
  /** The figures of one evaluation, in a table of their own. */
  readonly isSummary?: boolean;
}

/** A header's first word, without the blanks before it: a counter, or YOLO's `Class`, whose row `all` is of what is held out. */
const FIRST = /^(?:[|%#]\s*)?(?:(?:ep(?:och)?|iter(?:ation)?|step|round|class)s?\b|e\s+#\s)/i;
/** A table within bars may have its counter in any column. */
const BARRED = /^\s*\|(?:[^|]*\|){3,}\s*$/;

export class PrintedTable {
  private columns: readonly string[] = [];
  /** Which of them counts. */
  private counter = 0;
  /** None of them counts: the table has the figures of one evaluation. */
  private isOneRow = false;
  /** Where the columns lie, as a rule of dashes below the header says: cells may be empty then, and have blanks. */
  private spans: readonly Span[] | undefined;
  /** The line before, which may turn out to have been a header. */
  private before = "";

  /** A row's fields; "header" for a header or a rule; `undefined` for what is no part of a table. */
  read(line: string): TableRow | "header" | undefined {
    const { before } = this;
    this.before = line;
    if (FIRST.test(line.trimStart()) || BARRED.test(line)) {
      const columns = headerOf(line);
      if (columns !== undefined) {
        this.columns = columns;
        this.counter = columns.findIndex((name) => counterOf(name) !== undefined);
        this.isOneRow = BARRED.test(line) && columns.every(isMeasure);
        this.spans = undefined;
        return "header";
      }
    }
    if (/^[\s|+:=─━-]+$/.test(line)) return this.rule(line, before);
    if (this.beginsBelow(twoLineHeader(before, line))) return "header";
    if (this.columns.length === 0) this.beginsBelow(headerOfRow(before, line));
    if (this.columns.length === 0) return undefined;
    const isPlain = this.spans === undefined && !BARRED.test(line);
    if (this.counter > 0 && isPlain && !/^[\s\d.e+-]+$/.test(line)) return undefined;
    return this.row(this.spans === undefined ? cellsOf(line, this.columns.length) : cellsAt(line, this.spans));
  }

  /** Below a header it says where the columns lie; below another line that it was a header. */
  private rule(line: string, header: string): "header" | undefined {
    const spans = spansOf(line);
    if (this.columns.length === 0 || spans.length > this.columns.length)
      this.beginsBelow(cellsAt(header, spans));
    if (spans.length === this.columns.length) this.spans = spans;
    return this.columns.length === 0 ? undefined : "header";
  }

  private beginsBelow(columns: readonly string[]): boolean {
    const counter = columns.findIndex((name) => counterOf(name) !== undefined);
    if (counter < 0 || columns.length < 3 || columns.some((name) => name.length > 60)) return false;
    this.columns = columns;
    this.counter = counter;
    this.isOneRow = false;
    this.spans = undefined;
    return true;
  }

  private row(cells: readonly string[] | undefined): TableRow | undefined {
    if (cells === undefined) return undefined;
    const [first = ""] = this.columns;
    if (this.isOneRow) return this.onlyRow(cells);
    if (this.counter > 0) return this.barredRow(cells);
    if (first.toLowerCase() === "class") {
      if (cells[0] !== "all") return undefined;
      return { fields: this.fieldsOf(cells, 1), split: "validation", isLoose: true };
    }
    const place = /^(\d+)(?:\/(\d+))?(?: \([\d.]+%\))?$/.exec(cells[0] ?? "");
    if (place === null) return undefined;
    const total: Field[] =
      place[2] === undefined
        ? []
        : [[first.toLowerCase().startsWith("ep") ? "epochs" : "steps", Number(place[2])]];
    return { fields: [[first, Number(place[1])], ...total, ...this.fieldsOf(cells, 1)] };
  }

  /** What comes after it is no part of the table. */
  private onlyRow(cells: readonly string[]): TableRow | undefined {
    const fields = this.fieldsOf(cells, 0);
    if (fields.length < this.columns.length) return undefined;
    this.columns = [];
    return { fields, split: "validation", isLoose: true, isSummary: true };
  }

  /** Figures of any columns, where one in their midst counts. */
  private barredRow(cells: readonly string[]): TableRow | undefined {
    if (!/^\d+(?:\.\d+)?$/.test(cells[this.counter] ?? "")) return undefined;
    return { fields: this.fieldsOf(cells, 0) };
  }

  private fieldsOf(cells: readonly string[], from: number): Field[] {
    return this.columns.slice(from).flatMap((name, index): Field[] => {
      if (name === "") return [];
      const value = parseNumber((cells[index + from] ?? "").replace(/[:|]$/, ""));
      return value === undefined ? [] : [[name, value]];
    });
  }
}

/** Columns parted by bars, tabs or two blanks; by single blanks where each name is one word. */
function headerOf(line: string): readonly string[] | undefined {
  const text = line.replace(/\d+%\|.*$/, "").replace(/:\s*$/, "");
  if (/[=]|:\s/.test(text) || /(?:^|\s)[-+]?\d+(?:\.\d+)?(?:\s|$|\/)/.test(text) || text.length > 1000)
    return undefined;
  const trimmed = withoutRule(text)
    .trim()
    .replace(/^\||\|$/g, "")
    .trim();
  if (/^e\s+#\s/i.test(trimmed)) return spacyColumns(trimmed);
  // YOLO's names are words, with one blank between the last two.
  const parts = /^class\b/i.test(trimmed)
    ? trimmed.split(/\s+/)
    : trimmed.includes("|") || trimmed.includes("\t")
      ? trimmed.split(/\s*[|\t]\s*/)
      : isOfWords(trimmed)
        ? trimmed.split(" ")
        : trimmed.split(/\s{2,}/);
  const columns = parts.flatMap(countersApart).map((name) =>
    name
      .replace(/ \(.*\)$/, "")
      .replace(/^\w+\(/, "")
      .replace(/\)$/, "")
      .trim(),
  );
  const [first = ""] = columns;
  if (columns.length < 2 || columns.some((name) => name === "" || name.length > 60)) return undefined;
  if (counterOf(first) !== undefined || first.toLowerCase() === "class") return columns;
  const isTable = columns.some((name) => counterOf(name) !== undefined) || columns.every(isMeasure);
  return BARRED.test(line) && isTable ? columns : undefined;
}

/** `Epoch batch`: two of one blank between them. */
function countersApart(name: string): readonly string[] {
  const words = name.split(" ");
  return words.length > 1 && words.every((word) => counterOf(word) !== undefined) ? words : [name];
}

/** `epoch train_loss val_loss`: a counter and figures of one word each, one blank apart. */
function isOfWords(header: string): boolean {
  const [first = "", ...names] = header.split(" ");
  return counterOf(first) !== undefined && names.length > 1 && names.every(isFigureName);
}

function isFigureName(name: string): boolean {
  return /^\w+_\w+$/.test(name) && (isMeasure(name) || roleOf(name.toLowerCase()) !== "figure");
}

/** Kaldi's reports begin their header with a sign of per cent. */
function withoutRule(text: string): string {
  return text.trim().replace(/^[%#]\s*/, "");
}

/**
 * Names of two words, one below the other: `average  example` over `loss  counter`. The last may have one word, as in CNTK's
 * `average  since  examples` over `loss  last`.
 */
function twoLineHeader(above: string, below: string): readonly string[] {
  const isOfWords = (line: string): boolean => /^[a-z]+(?:\s+[a-z]+){3,}\s*$/.test(line.trim());
  if (!isOfWords(above) || !isOfWords(below)) return [];
  const [first, second] = [above.trim().split(/\s+/), below.trim().split(/\s+/)];
  const isShort = second.length === first.length - 1 && first.at(-1) === "examples";
  if (second.length !== first.length && !isShort) return [];
  const names = first.map((word, index) =>
    `${word} ${second[index] ?? "counter"}`.replace(/^examples /, "example "),
  );
  // CNTK has what is new since the last line of the loss and of the metric.
  return names.map((name, index) => (names.indexOf(name) < index ? `${name} ${second[index - 1]}` : name));
}

/** Names that are one blank apart are a header where as many numbers stand below them. */
function headerOfRow(header: string, row: string): readonly string[] {
  const [names, cells] = [header.trim().split(/\s+/), row.trim().split(/\s+/)];
  const isHeader = names.length === cells.length && names.every((name) => /^[a-z][\w/@%.-]*$/i.test(name));
  return isHeader && cells.every((cell) => parseNumber(cell) !== undefined) ? names : [];
}

/** spaCy's: epoch, step, the losses, and scores on what is held out. */
function spacyColumns(header: string): readonly string[] {
  const [, , ...names] = header.split(/\s{2,}|(?<=^E)\s+|(?<=#)\s+/);
  const figures = names.map((name) => (/^loss\b/i.test(name) ? `train ${name}` : `validation ${name}`));
  return ["epoch", "step", ...figures];
}

/** As many cells as the header has; a bar may follow. */
function cellsOf(line: string, count: number): readonly string[] | undefined {
  const text = line.replace(/\d+%\|.*$/, "").trim();
  if (text.length > 2000) return undefined;
  const inner = text.replace(/^\||\|$/g, "").trim();
  const split = (gap: RegExp): readonly string[] => inner.split(gap).map((cell) => cell.trim());
  const isWide = /^\d+ \([\d.]+%\) {2,}/.test(inner);
  // nerfstudio's cells have blanks: `10 (0.03%)   52.6 ms`.
  const cells = inner.includes("|") ? split(/\|/) : split(isWide ? / {2,}/ : /\s+/);
  // pandas puts the number of each row before it.
  if (cells.length === count + 1 && /^\d+$/.test(cells[0] ?? "")) return cells.slice(1);
  return cells.length === count ? cells : undefined;
}
