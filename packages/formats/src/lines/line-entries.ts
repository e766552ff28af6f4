// One reader for all that comes in lines: objects, printed text, and objects within text.
import type { Split } from "@trainscope/core";
import type { Entry, Field, Reader, ReaderOptions } from "../format.ts";
import { flatten } from "../json/flatten.ts";
import { type LooseObject, parseJsonObject, parseObjectAt } from "../json/loose-json.ts";
import { objectEntries } from "../json/object-entries.ts";
import { counterOf } from "../meaning/words.ts";
import { BareRows } from "../text/bare-rows.ts";
import { blankOut, GONE } from "../text/blank-out.ts";
import { cocoSummary } from "../text/coco-summary.ts";
import { EvaluatedTask } from "../text/evaluated-task.ts";
import { IndentedBlock } from "../text/indented-block.ts";
import { namelessList } from "../text/nameless-list.ts";
import { parseLine } from "../text/parse-line.ts";
import type { ParsedLine } from "../text/parsed-line.ts";
import { patternFields } from "../text/pattern-fields.ts";
import type { TableRow } from "../text/printed-table.ts";
import { PrintedTables } from "../text/printed-tables.ts";
import { isPlace } from "./drawn-over.ts";
import { endingSplit, headingSplit, splitBefore } from "./headings.ts";
import { TerminalLines } from "./terminal-lines.ts";
import { textEntry } from "./text-entry.ts";

/** Text beyond this is looked at from its end, where a bar or a logger puts what is new. */
const LONGEST_TEXT = 4096;

/** One for objects and for text alike, as logs mix them. */
export function createLineReader({ pattern }: ReaderOptions = {}): Reader {
  return new LineEntries(pattern);
}

export class LineEntries {
  private readonly lines = new TerminalLines({
    line: (text) => this.takeLine(text),
    state: (text) => this.takeState(text),
  });
  private readonly pattern: RegExp | undefined;
  private readonly tables = new PrintedTables();
  private readonly bareRows = new BareRows();
  private readonly indented = new IndentedBlock();
  /** Whether a line has counted by itself. */
  private hasCounted = false;
  private entries: Entry[] = [];
  /** The last state of a line that is drawn over and over. */
  private state = "";
  /** Whether epochs are told by a word, and whether brackets told them before any word did. */
  private hasWordEpochs = false;
  private hasBracketEpochs = false;
  private hasBatchPairs = false;
  private split: Split | undefined;
  /** Of the last heading in this epoch. */
  private heading: Split | undefined;
  /** What the last line has counted that told a place and no figure: that of the lines below it. */
  private place: readonly Field[] = [];
  /** Whether the epoch's training bar was full. */
  private hasTrained = false;
  private readonly task = new EvaluatedTask();
  /** The line before announced that this one repeats the best so far. */
  private isQuoted = false;

  constructor(pattern?: RegExp) {
    this.pattern = pattern;
  }

  get hasEpochs(): boolean {
    return this.hasWordEpochs && !this.hasBracketEpochs;
  }

  get hasPairs(): boolean {
    return this.hasBatchPairs;
  }

  push(bytes: Uint8Array): Entry[] {
    this.lines.push(bytes);
    return this.taken();
  }

  end(): Entry[] {
    this.lines.end();
    if (this.state !== "") this.takeLine("");
    this.endIndented();
    for (const fields of this.bareRows.end()) this.entries.push({ kind: "record", fields });
    return this.taken();
  }

  settle(): Entry[] {
    for (const fields of this.bareRows.settle()) this.entries.push({ kind: "record", fields });
    return this.taken();
  }

  private taken(): Entry[] {
    const entries = this.entries;
    this.entries = [];
    return entries;
  }

  private takeState(text: string): void {
    if (isBlank(text)) return;
    if (this.state !== "" && isPlace(this.state, text)) this.read(this.state);
    this.state = text;
  }

  private takeLine(text: string): void {
    const state = this.state;
    this.state = "";
    const isDrawnOver = !isBlank(text);
    if (!isDrawnOver || (state !== "" && isPlace(state, text))) this.read(state);
    if (isDrawnOver) this.read(text);
  }

  private read(line: string): void {
    if (this.indented.keeps(line)) return;
    this.endIndented();
    this.readLine(line);
    // A block is waited with for what counts in it, which is known where the lines count or a pattern does.
    this.indented.open(this.hasCounted || this.pattern !== undefined ? "" : line);
  }

  private endIndented(): void {
    const { fields, lines } = this.indented.take();
    for (const line of lines) {
      if (fields.length > 0) this.tell(line);
      else this.readLine(line);
    }
    if (fields.length === 0) return;
    this.bareRows.stop();
    this.entries.push({ kind: "record", fields });
  }

  private readLine(line: string): void {
    if (isBlank(line)) return;
    if (this.pattern !== undefined && this.readPattern(line, this.pattern)) return;
    if (line.includes("{") && this.readObject(line)) return;
    const text = line.length > LONGEST_TEXT ? line.slice(-LONGEST_TEXT) : line;
    const rows = this.tables.read(text);
    for (const row of rows ?? []) this.addRow(row);
    if (rows !== undefined) return;
    const bare = this.bareRows.read(text);
    if (bare === undefined) this.readText(text, line);
    else if (bare.length === 0) this.tell(line);
    for (const fields of bare ?? []) this.entries.push({ kind: "record", fields });
  }

  private readText(text: string, line: string): void {
    const coco = cocoSummary(text);
    if (coco !== undefined) {
      const own = this.hasCounted ? this.task.line(coco) : coco;
      this.add({ kind: "record", fields: [own], split: this.split ?? "validation", isLoose: true });
      return;
    }
    this.task.read(text);
    if (this.place.length > 0 && text.includes("[") && this.readList(text)) return;
    const heading = headingSplit(text);
    this.heading = heading ?? this.heading;
    this.split = heading ?? this.split;
    const parsed = this.isQuoted ? undefined : parseLine(text, this);
    this.isQuoted = /\bbest (?:iteration|epoch|step|score|result)s?(?: is)?:\s*$/i.test(text);
    if (parsed !== undefined) this.addParsed(parsed);
    // What follows `Epoch 3 - train metrics:` is of that split, whatever the line itself tells.
    this.split = endingSplit(text) ?? this.split;
    if (parsed === undefined) this.tell(line);
    else if (!parsed.hasFigure && text.trim().length > 24 && !/^\s*(?:=|-|#|\*)*\s*ep/i.test(text))
      this.tell(line);
  }

  private readList(text: string): boolean {
    const fields = namelessList(blankOut(text).text.replaceAll(GONE, " "));
    if (fields !== undefined) this.addLoose(fields, this.split);
    return fields !== undefined;
  }

  private addParsed(parsed: ParsedLine): void {
    const { fields, split, lastSplit, isCounted, hasFigure, hasBracketEpoch } = parsed;
    const hasEpoch = fields.some(([name]) => name === "epoch");
    if (hasEpoch) this.heading = undefined;
    if (isCounted) this.place = hasFigure || isOfLoader(parsed) ? [] : fields;
    this.hasBatchPairs ||= parsed.hasPair;
    if (hasBracketEpoch) this.hasBracketEpochs = true;
    else if (hasEpoch) this.hasWordEpochs = true;
    if (this.isEvaluation(parsed, hasEpoch)) {
      this.add({ kind: "record", fields, split: this.heading ?? "test", isLoose: true });
      return;
    }
    if (!isCounted && lastSplit === undefined && this.split !== undefined && hasFigure) {
      // What follows a line of a split without a word of its own is that split's: ` * Acc@1 55.4` after `Test: ...`.
      const named = fields.map(([name, value]): Field => [`${this.split} ${name}`, value]);
      this.addLoose(named, this.split);
      return;
    }
    if (isCounted || lastSplit !== undefined) this.split = lastSplit;
    if (isCounted && !hasFigure && isOfLoader(parsed)) return;
    if (isCounted) this.add({ kind: "record", fields, split });
    else this.addLoose(fields, split);
  }

  private addRow(row: TableRow): void {
    if (row.isLoose === true && row.split === undefined) this.addLoose(row.fields, undefined);
    else this.add({ kind: "record", ...row, fields: row.isSummary ? this.task.table(row.fields) : row.fields });
  }

  private addLoose(fields: readonly Field[], split: Split | undefined): void {
    this.add({ kind: "record", fields: [...this.place, ...fields], split, isLoose: true });
  }

  /** Keras' second full bar of an epoch is that of `evaluate`. */
  private isEvaluation({ hasFullBar, hasFigure, lastSplit }: ParsedLine, hasEpoch: boolean): boolean {
    if (hasEpoch) this.hasTrained = false;
    if (!hasFullBar || !hasFigure || hasEpoch) return false;
    const isSecond = this.hasTrained && lastSplit === undefined;
    this.hasTrained = true;
    return isSecond;
  }

  /** An object alone in its line, or within text whose words tell the place and the split. */
  private readObject(line: string): boolean {
    const start = line.indexOf("{");
    const whole = line.trim();
    const found = (whole.startsWith("{") ? parseJsonObject(whole) : undefined) ?? parseObjectAt(line, start);
    if (found === undefined) return false;
    const before = line.slice(0, start);
    if (isBlank(before)) {
      // Of texts alone it is one itself.
      if (!this.addObject(found.value, [], undefined)) this.tell(line);
      return true;
    }
    if (SETTINGS.test(before)) {
      // Optuna's `Trial 3 finished with value: 0.5 and parameters: {'x': 1}. Best is trial 2`: only what stands before is told.
      this.readText(before.replace(SETTINGS, ""), line);
      return true;
    }
    const around = parseLine(before.slice(-LONGEST_TEXT), this);
    const fields = flatten(found.value);
    if (!fields.some(([, value]) => typeof value !== "string")) return false;
    const place = around?.fields.filter(([name]) => counterOf(name) !== undefined) ?? [];
    if (place.length === 0 && !fields.some(([name]) => isPlaceName(name.replace(/^[a-z]+_/, "")))) {
      if (this.split === undefined && splitBefore(before) === undefined) return false;
    }
    this.addObject(found.value, place, around?.split ?? splitBefore(before));
    return true;
  }

  /** Tells whether it comes to anything. */
  private addObject(object: LooseObject, place: readonly Field[], split: Split | undefined): boolean {
    const entries = objectEntries(object);
    for (const entry of entries) {
      if (entry.kind !== "record") this.add(entry);
      else this.add({ ...entry, fields: [...place, ...entry.fields], split: entry.split ?? split });
    }
    return entries.length > 0;
  }

  private readPattern(line: string, pattern: RegExp): boolean {
    const fields = patternFields(line, pattern);
    if (fields === undefined) return false;
    const isCounted = fields.some(([name]) => counterOf(name) !== undefined);
    this.add({ kind: "record", fields, ...(isCounted ? {} : { isLoose: true }) });
    return true;
  }

  private tell(line: string): void {
    this.add(textEntry(line));
  }

  private add(entry: Entry): void {
    if (entry.kind === "record") {
      this.bareRows.stop();
      const isCounted = entry.fields.some(([name]) => counterOf(name) !== undefined);
      this.hasCounted ||= isCounted;
      if (isCounted && entry.isLoose !== true) this.task.end();
    }
    this.entries.push(entry);
  }
}

/** What names an object of settings at the end of a line's text. */
const SETTINGS = /\b(?:hyper)?(?:parameters|params|settings)\W*$/i;

/** How many there will be is no place. */
function isPlaceName(name: string): boolean {
  const counter = counterOf(name)?.counter;
  return counter === "epoch" || counter === "step" || counter === "batch";
}

/** Batches of an evaluation, which count nothing else: `Eval iter: 100`. */
function isOfLoader({ fields, split }: ParsedLine): boolean {
  return (split === "validation" || split === "test") && fields.every(([name]) => /^(?:batch|iter)/.test(name));
}

function isBlank(text: string): boolean {
  return !/\S/.test(text);
}
