// Names and values below a heading, indented, with what counts among them: how Ray prints a result.
import type { Field } from "../format.ts";
import { counterOf, isMeasure } from "../meaning/words.ts";
import { parseNumber } from "./numbers.ts";

const HEADING = /^\S[^{}[\]]{0,200}:\s*$/;
const ROW = /^( +)([\w/.-]{1,80}):(?: (.{0,200}))?$/;
const MOST_ROWS = 500;

export class IndentedBlock {
  private lines: string[] = [];
  private isOpen = false;
  /** A block had figures and nothing that counts: the source's others are told as their lines come. */
  private isOver = false;

  /** Whether the line is kept for its block, which `take` gives when another line has come. */
  keeps(line: string): boolean {
    const isRow = this.isOpen && ROW.test(line) && this.lines.length < MOST_ROWS;
    if (isRow) this.lines.push(line);
    return isRow;
  }

  /** Whether what is indented below it may be a block. */
  open(line: string): void {
    this.isOpen = !this.isOver && HEADING.test(line);
  }

  /** The block that has ended: its fields where anything in it counts, and the lines that tell none of them. */
  take(): { readonly fields: readonly Field[]; readonly lines: readonly string[] } {
    const { lines } = this;
    this.lines = [];
    const fields = fieldsOf(lines);
    const hasMeasure = fields.some(([name]) => isMeasure(name));
    const counts = fields.some(isCount);
    this.isOver ||= hasMeasure && !counts;
    if (!hasMeasure || !counts) return { fields: [], lines };
    return { fields, lines: lines.filter(isText) };
  }
}

/** Of what isn't whole it is how long a step took. */
function isCount([name, value]: Field): boolean {
  const counter = counterOf(name)?.counter;
  return (counter === "epoch" || counter === "step") && Number.isInteger(value);
}

function isText(line: string): boolean {
  const text = ROW.exec(line)?.[3]?.trim() ?? "";
  return text !== "" && parseNumber(text) === undefined;
}

/** A row without a value is the group of those that are indented further. */
function fieldsOf(lines: readonly string[]): readonly Field[] {
  const groups: { readonly indent: number; readonly name: string }[] = [];
  return lines.flatMap((line): Field[] => {
    const [, indent = "", name = "", text] = ROW.exec(line) ?? [];
    while ((groups.at(-1)?.indent ?? -1) >= indent.length) groups.pop();
    const path = [...groups.map((group) => group.name), name].join("/");
    if (text === undefined || text.trim() === "") groups.push({ indent: indent.length, name });
    const value = parseNumber(text ?? "");
    return value === undefined ? [] : [[path, value]];
  });
}
