// One JSON document as a whole: Hugging Face's trainer_state.json, a list of records, Keras' history as columns,
// XGBoost's evals_result.
import type { Entry, Field, Format, Reader } from "../format.ts";
import { splitOfWord } from "../meaning/words.ts";
import { textHead } from "../text-head.ts";
import { isObject, type LooseObject, type LooseValue, parseObjectAt } from "./loose-json.ts";
import { objectEntries } from "./object-entries.ts";

/** A larger document is no log. */
const LONGEST = 1 << 29;
const DEEPEST = 6;

export const jsonDocument: Format = {
  name: "json",
  title: "one JSON document: Hugging Face's trainer_state.json, a list of records, Keras' history",
  recognise(head, fileName = "") {
    const text = textHead(head)?.trim();
    if (text === undefined || !/^\{\s*["}]|^\[\s*[\]{[]/.test(text)) return 0;
    const isNamed = /\.json$/i.test(fileName);
    const first = text.slice(0, text.search(/[\r\n]|$/));
    if (first === text) return /\[\s*\{|:\s*\[|^\{\s*"\d+"\s*:\s*\{/.test(text) ? 0.85 : isNamed ? 0.5 : 0.1;
    // An object that is whole in the first line, or before other text, is one of many.
    const isOneOfMany = first.startsWith("{") && parseObjectAt(first, 0) !== undefined;
    return isOneOfMany || isFollowed(text) ? 0.05 : isNamed ? 0.9 : 0.85;
  },
  isWhole: true,
  create: () => new DocumentReader(),
};

/** Whether more stands behind an object; of one that was cut that isn't known. */
function isFollowed(text: string): boolean {
  const end = text.startsWith("{") ? parseObjectAt(text, 0)?.end : undefined;
  return end !== undefined && /\S/.test(text.slice(end));
}

class DocumentReader implements Reader {
  private readonly decoder = new TextDecoder();
  private parts: string[] = [];
  private length = 0;

  push(bytes: Uint8Array): Entry[] {
    this.length += bytes.length;
    if (this.length <= LONGEST) this.parts.push(this.decoder.decode(bytes, { stream: true }));
    return [];
  }

  end(): Entry[] {
    if (this.length > LONGEST) return [warning(`the document is larger than ${LONGEST >> 20} MiB`)];
    const text = this.parts.join("") + this.decoder.decode();
    this.parts = [];
    const value = parse(text);
    return value === undefined ? [warning("the document is not whole JSON")] : documentEntries(value);
  }
}

function warning(text: string): Entry {
  return { kind: "text", text, level: "warning" };
}

/** Python writes NaN and Infinity, which JSON hasn't. */
function parse(text: string): LooseValue | undefined {
  try {
    return JSON.parse(text) as LooseValue;
  } catch {
    return parseObjectAt(`{"document":${text}}`, 0)?.value.document;
  }
}

function documentEntries(document: LooseValue): Entry[] {
  const entries: Entry[] = [];
  const columns: Column[] = [];
  collect(document, [], { entries, columns });
  // AllenNLP writes a document an epoch.
  if (entries.length + columns.length === 0 && isObject(document)) return objectEntries(document);
  return [...entries, ...rowsOf(columns)];
}

interface Column {
  readonly name: string;
  readonly values: readonly LooseValue[];
}

interface Found {
  readonly entries: Entry[];
  readonly columns: Column[];
}

/** Lists of objects are records, lists of numbers are columns, wherever they stand. */
function collect(value: LooseValue | undefined, path: readonly string[], found: Found): void {
  if (path.length > DEEPEST) return;
  if (Array.isArray(value)) {
    if (value.some(isObject)) for (const one of value) collectRecord(one, path, found);
    else if (value.length > 0 && value.every((one) => typeof one === "number" || one === null)) {
      found.columns.push({ name: path.join("/"), values: value });
    } else if (value.every(Array.isArray)) collectPairs(value, path, found);
  } else if (isObject(value)) {
    if (isKeyedByNumber(value)) collectKeyed(value, path, found);
    else for (const key of Object.keys(value)) collect(value[key], [...path, key], found);
  }
}

function collectRecord(value: LooseValue, path: readonly string[], { entries }: Found): void {
  if (!isObject(value)) return;
  const split = path.map(splitOfWord).find((one) => one !== undefined);
  for (const entry of objectEntries(value)) {
    entries.push(
      entry.kind === "record" && entry.split === undefined && split !== undefined ? { ...entry, split } : entry,
    );
  }
}

/** `[[1700000000.1, 10, 0.5], ...]`, as TensorBoard's page downloads a scalar: time, step, value. */
function collectPairs(rows: readonly LooseValue[], path: readonly string[], { entries }: Found): void {
  for (const row of rows) {
    if (!Array.isArray(row) || row.length < 2 || !row.every((one) => typeof one === "number")) return;
    const [x, y] = row.slice(-2) as number[];
    const fields: Field[] = [
      ["step", x ?? null],
      [path.at(-1) ?? "value", y ?? null],
    ];
    entries.push({ kind: "record", fields });
  }
}

function isKeyedByNumber(value: LooseObject): boolean {
  const keys = Object.keys(value);
  return (
    keys.length > 1 &&
    keys.every((key) => /^(?:epoch|step)?[ _-]?\d+$/i.test(key)) &&
    keys.every((key) => isObject(value[key]))
  );
}

function collectKeyed(value: LooseObject, path: readonly string[], found: Found): void {
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (!isObject(inner)) continue;
    const counter = /^step/i.test(key) || path.at(-1) === "steps" ? "step" : "epoch";
    collectRecord({ [counter]: Number(/\d+/.exec(key)?.[0]), ...inner }, path, found);
  }
}

/** Columns of one length make records; one that counts places them, else their order does. */
function rowsOf(columns: readonly Column[]): Entry[] {
  const longest = Math.max(0, ...columns.map(({ values }) => values.length));
  return Array.from({ length: longest }, (_, index): Entry => {
    const fields = columns.flatMap(({ name, values }): Field[] => {
      const value = values[index];
      return typeof value === "number" ? [[name, value]] : [];
    });
    return {
      kind: "record",
      fields: fields.some(([name]) => name === "epoch") ? fields : [["epoch", index + 1], ...fields],
    };
  });
}
