// Objects as programs print them: JSON, and what Python's print makes of a dict: single quotes, True, None, nan, inf,
// tuples, and numbers wrapped in their type (`tensor(0.5, device='cuda:0')`, `np.float64(0.5)`).

export type LooseValue = number | string | boolean | null | LooseValue[] | { [key: string]: LooseValue };
export type LooseObject = { [key: string]: LooseValue };

const DEEPEST = 32;

const NUMBER = /[-+]?(?:\d[\d_]*\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)/iy;
const WORD = /[-+]?[A-Za-z_][\w.]*/y;
const BLANK = /\s*/y;

const WORDS: ReadonlyMap<string, LooseValue> = new Map<string, LooseValue>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["none", null],
  ["undefined", null],
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
]);

/** The object that begins at `start`, and where it ends. `undefined` where there is none. */
export function parseObjectAt(text: string, start: number): { value: LooseObject; end: number } | undefined {
  const parser = new Parser(text, start);
  try {
    const value = parser.value(0);
    return isObject(value) ? { value, end: parser.at } : undefined;
  } catch (error) {
    if (error instanceof NoValue) return undefined;
    throw error;
  }
}

export function isObject(value: LooseValue | undefined): value is LooseObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is no value ends the parsing; it is caught where it began. */
class NoValue extends Error {}

class Parser {
  private readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  value(depth: number): LooseValue {
    if (depth > DEEPEST) throw new NoValue();
    this.skip(BLANK);
    const first = this.text[this.at];
    if (first === "{") return this.object(depth);
    if (first === "[") return this.list("]", depth);
    if (first === "(") return this.list(")", depth);
    if (first === '"' || first === "'") return this.string(first);
    const number = this.skip(NUMBER);
    if (number !== "") return Number(number.replaceAll("_", ""));
    return this.word(depth);
  }

  private object(depth: number): LooseObject {
    const entries: [string, LooseValue][] = [];
    this.at++;
    while (!this.closes("}")) {
      const key = this.value(depth + 1);
      if (!this.closes(":")) throw new NoValue();
      entries.push([typeof key === "string" ? key : String(key), this.value(depth + 1)]);
      if (!this.closes(",") && this.peek() !== "}") throw new NoValue();
    }
    return Object.fromEntries(entries);
  }

  private list(close: string, depth: number): LooseValue[] {
    const values: LooseValue[] = [];
    this.at++;
    while (!this.closes(close)) {
      values.push(this.value(depth + 1));
      if (!this.closes(",") && this.peek() !== close) throw new NoValue();
    }
    return values;
  }

  private string(quote: string): string {
    let text = "";
    for (let at = this.at + 1; ; at++) {
      const one = this.text[at];
      if (one === undefined) throw new NoValue();
      if (one === quote) {
        this.at = at + 1;
        return text;
      }
      text += one === "\\" ? (this.text[++at] ?? "") : one;
    }
  }

  /** A word that stands for a value, or a type around one, whose first argument is the value. */
  private word(depth: number): LooseValue {
    const word = this.skip(WORD);
    if (word === "") throw new NoValue();
    const name = word.replace(/^[-+]/, "").split(".").at(-1)?.toLowerCase() ?? "";
    const value = WORDS.get(name);
    if (value !== undefined) return word.startsWith("-") && typeof value === "number" ? -value : value;
    if (this.peek() !== "(") throw new NoValue();
    this.at++;
    const first = this.peek() === ")" ? null : this.value(depth + 1);
    while (!this.closes(")")) this.skipArgument(depth);
    return first;
  }

  private skipArgument(depth: number): void {
    this.closes(",");
    if (this.peek() === ")") return;
    const from = this.at;
    this.skip(/\w+\s*=\s*/y);
    if (this.peek() === "<") this.skip(/<[^<>]*>/y);
    else this.value(depth + 1);
    if (this.at === from) throw new NoValue();
  }

  private peek(): string | undefined {
    this.skip(BLANK);
    return this.text[this.at];
  }

  private closes(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.at++;
    return true;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return "";
    this.at += found[0].length;
    return found[0];
  }
}

/** Of strict JSON, which is read faster than what only looks like it; `undefined` for anything else. */
export function parseJsonObject(text: string): { value: LooseObject } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { value: value as LooseObject }
      : undefined;
  } catch {
    return undefined;
  }
}
