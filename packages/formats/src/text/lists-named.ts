// A list after a name has a name for each of its numbers, as an array in JSON: `loss: [0.1, 0.2]`, `dice [0.8 0.7]`.
import { isMeasure } from "../meaning/words.ts";
import { parseNumber } from "./numbers.ts";

const LIST =
  /(?<![\p{Letter}\w./@-])([\p{Letter}_][\w./@-]*(?: [\p{Letter}_][\w./@-]*){0,4})(\s*[:=]\s*| )\[([-+\w.,\s]{3,1000})\]/gu;
/** Longer lists are data rather than figures. */
const LONGEST = 64;

/** `loss/0: 0.1, loss/1: 0.2` in its place. A list of one number is that number. */
export function listsNamed(line: string): string {
  return line.replace(LIST, (whole, name: string, sign: string, list: string) => {
    const items = list.trim().split(/\s*,\s*|\s+/);
    const isOfFigures = items.every((item) => typeof parseNumber(item) === "number");
    if (items.length < 2 || items.length > LONGEST || !isOfFigures) return whole;
    // Without a sign between them a bracket after a word is a place: `Train [10, 200]`.
    if (sign === " " && !isMeasure(name.slice(name.lastIndexOf(" ") + 1))) return whole;
    return items.map((item, index) => `${name}/${index}: ${item}`).join(", ");
  });
}
