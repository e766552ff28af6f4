// Tables with a header: Keras CSVLogger, Lightning, Ultralytics, timm, fastai. A header may come again, and may grow.
import Papa from "papaparse";
import type { Entry, Field, Format, Reader } from "../format.ts";
import { timeOf } from "../json/object-entries.ts";
import { parseNumber } from "../text/numbers.ts";
import { textHead } from "../text-head.ts";

const DELIMITERS = [",", "\t", ";"] as const;
/** So many lines from the top the header is looked for. */
const MOST_COMMENTS = 1000;

export const csv: Format = {
  name: "csv",
  title: "CSV or TSV with a header: Keras CSVLogger, Lightning, Ultralytics and YOLOv5, timm, fastai",
  recognise(head, fileName = "") {
    const text = textHead(head);
    if (text === undefined) return 0;
    const rows = withoutComments(rowsOf(text));
    const [first = [], second] = rows;
    if (!isHeader(first)) return 0;
    const isNamed = /\.(?:csv|tsv)$/i.test(fileName);
    if (second === undefined) return isNamed ? 0.6 : 0;
    const fits = rows.slice(1, -1).filter((row) => isRow(row, first)).length;
    const hasNumbers = second.some((cell) => parseNumber(cell) !== undefined);
    if (fits >= rows.length - 2 && hasNumbers && second.length <= first.length + 1) return 0.9;
    return isNamed ? 0.6 : 0;
  },
  hasLines: true,
  create: () => new CsvReader(),
};

/** At least two names, none of them a number. */
function isHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim());
  if (names.length < 2 || names.some((name) => name !== "" && parseNumber(name) !== undefined)) return false;
  const named = names.filter((name) => name !== "");
  return named.length >= 2 && named.every((name) => name.length < 200 && !/[:=]\s|[{}]|\[\d/.test(name));
}

/** A row of values, or the header again. */
function isRow(cells: readonly string[], header: readonly string[]): boolean {
  if (cells.some((cell) => header.includes(cell) && cell.trim() !== "" && parseNumber(cell) === undefined))
    return true;
  return cells.length === header.length && cells.some((cell) => parseNumber(cell) !== undefined);
}

function rowsOf(text: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter: delimiterOf(text), skipEmptyLines: "greedy" }).data;
}

/** A comment, as Stable-Baselines3's monitor has its environment before the header, or a header behind the sign. */
function isMarked(cells: readonly string[]): boolean {
  return cells[0]?.startsWith("#") === true;
}

/** From the header on: what is marked right above numbers is one. */
function withoutComments(rows: string[][]): string[][] {
  const first = rows.findIndex((row) => !isMarked(row));
  return first < 1 || isHeader(rows[first] ?? []) ? rows.slice(first) : rows.slice(first - 1);
}

/** As the header shows it, which stands below the comments or is the last of them. */
function delimiterOf(text: string): string {
  const lines = text.split(/[\r\n]+/, MOST_COMMENTS);
  const first = lines.findIndex((line) => !isMarked([line]) && line.trim() !== "");
  const header = lines
    .slice(Math.max(0, first - 1), first + 1)
    .findLast((line) => isHeader(line.split(mostUsed(line))));
  return mostUsed(header ?? lines[first] ?? lines[0] ?? "");
}

function mostUsed(line: string): string {
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

function areComments(text: string): boolean {
  return text.split(/[\r\n]+/, MOST_COMMENTS).every((line) => isMarked([line]) || line.trim() === "");
}

class CsvReader implements Reader {
  private readonly decoder = new TextDecoder();
  private rest = "";
  /** How much of it is known to hold no end of a row, and whether that lies within quotes. */
  private searched = 0;
  private isQuoted = false;
  private delimiter: string | undefined;
  private columns: readonly string[] = [];
  /** Whether they were read off a line that may yet turn out to be a comment. */
  private isMarkedHeader = false;

  push(bytes: Uint8Array): Entry[] {
    this.rest += this.decoder.decode(bytes, { stream: true });
    const end = this.lastRowEnd();
    if (end === 0) return [];
    const rows = this.rest.slice(0, end);
    if (this.delimiter === undefined && areComments(rows)) return [];
    this.rest = this.rest.slice(end);
    this.searched -= end;
    return this.read(rows);
  }

  end(): Entry[] {
    const rows = this.rest + this.decoder.decode();
    this.rest = "";
    return this.read(rows);
  }

  /** Where the last row ends that is whole; line ends within quotes are none. */
  private lastRowEnd(): number {
    let end = 0;
    for (let at = this.searched; at < this.rest.length; at++) {
      const code = this.rest.charCodeAt(at);
      if (code === 34) this.isQuoted = !this.isQuoted;
      else if (code === 10 && !this.isQuoted) end = at + 1;
    }
    this.searched = this.rest.length;
    return end;
  }

  private read(text: string): Entry[] {
    if (text.trim() === "") return [];
    this.delimiter ??= delimiterOf(text);
    const { data } = Papa.parse<string[]>(text, { delimiter: this.delimiter, skipEmptyLines: "greedy" });
    return data.flatMap((cells) => this.row(cells));
  }

  private row(cells: readonly string[]): Entry[] {
    if (isHeader(cells) && (this.columns.length === 0 || this.isMarkedHeader || this.sharesNames(cells))) {
      const columns = cells.map((cell, index) => (index === 0 ? cell.replace(/^#/, "") : cell).trim());
      this.isMarkedHeader = isMarked(cells);
      this.columns = MONITOR.every((name, index) => columns[index] === name) ? MONITOR_NAMES : columns;
      return [];
    }
    const isAbove = this.columns.length === 0 || this.isMarkedHeader;
    if (isMarked(cells) && (isAbove || cells.every((cell) => parseNumber(cell) === undefined))) return [];
    this.isMarkedHeader = false;
    const fields = this.columns.flatMap((name, index): Field[] => fieldOf(name, this.pointed(cells[index])));
    if (fields.length === 0) return [];
    const time = fields
      .map(([name, value]) => (/^(?:timestamp|datetime|date)$/i.test(name) ? timeOf(value) : undefined))
      .find((one) => one !== undefined);
    return [
      {
        kind: "record",
        fields: fields.filter(([, value]) => typeof value !== "string"),
        ...(time === undefined ? {} : { time }),
      },
    ];
  }

  /** Where semicolons part the cells, a comma parts a number's decimals. */
  private pointed(cell: string | undefined): string | undefined {
    return this.delimiter === ";" ? cell?.replace(/^(\s*[-+]?\d+),(\d)/, "$1.$2") : cell;
  }

  private sharesNames(cells: readonly string[]): boolean {
    return cells.some((cell) => this.columns.includes(cell.trim()));
  }
}

/** What Stable-Baselines3's monitor tells of an episode: its reward, its length, and when it ended. */
const MONITOR = ["r", "l", "t"];
const MONITOR_NAMES = ["episode_reward", "episode_length", "time"];

/** A column without a name, as pandas writes its index, is none. */
function fieldOf(name: string, cell: string | undefined): Field[] {
  const text = cell?.trim() ?? "";
  if (name === "" || text === "" || /^(?:none|n\/a|na|null|-)$/i.test(text)) return [];
  const value = parseNumber(text);
  return [[name, value === undefined ? text : value]];
}
