// Lines of one fixed form: a step, then what was measured.
import { splitOfWord } from "../meaning/words.ts";
import type { ParsedLine } from "./parsed-line.ts";
import { valuesBeforeNames } from "./values-before-names.ts";

const BARE = /^\s*(\d+)\s+([a-z_]\w*)\s+(\d+\.\d+(?:e[-+]?\d+)?)\s*$/i;

/** What is to be said of a line that tells a step and figures, and nothing else. */
const COUNTED = {
  split: undefined,
  lastSplit: undefined,
  isCounted: true,
  hasFigure: true,
  hasBracketEpoch: false,
  hasFullBar: false,
  hasPair: false,
} as const;

/** `250 val 3.2901`, and what Darknet prints; `undefined` for any other line. */
export function countedLine(text: string): ParsedLine | undefined {
  const [, step, word = "", value = ""] = BARE.exec(text) ?? [];
  if (step !== undefined) {
    const split = splitOfWord(word);
    const name = split === undefined ? word : `${split} loss`;
    const fields = [["step", Number(step)] as const, [name, Number(value)] as const];
    return { ...COUNTED, fields, split, lastSplit: split };
  }
  const listed = valuesBeforeNames(text);
  return listed === undefined ? undefined : { ...COUNTED, fields: listed };
}
