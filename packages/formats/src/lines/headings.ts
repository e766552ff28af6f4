// Lines and words that say whose figures come after them.
import type { Split } from "@trainscope/core";
import { splitOfWord } from "../meaning/words.ts";

const LONGEST_HEADING = 60;
/** A few words, and an epoch, between signs. */
const HEADING =
  /^[^\p{Letter}\d]*\p{Letter}+(?: \p{Letter}+){0,3}(?:,? epoch \d+(?:\/\d+)?)?[^\p{Letter}\d]*$/iu;

/** `INFO: Validation Set5`: BasicSR's, of a split and the name of a set, behind a logger's signs. */
const SET_HEADING = /(?:^|: )(Validation|Test) [A-Z]\w*$/;

/** `Validation:`, `Eval begin...`, `Training Data Eval:`, ` > EVALUATION`, `*** Evaluating, Epoch 1/2 ***`: what follows is of that split. */
export function headingSplit(line: string): Split | undefined {
  // Blanks are cut off first: a pattern that begins with any number of them takes quadratic time over a run of them.
  const set = SET_HEADING.exec(line.trimEnd())?.[1];
  if (set !== undefined) return splitOfWord(set);
  const text = line
    .trimEnd()
    .replace(/\([^()]*\)$/, "")
    .trimEnd();
  if (text.length > LONGEST_HEADING || !/(?:[:\])*=-]|\.{3})\s*$|^\s*(?:-*>|[*#=]+)\s/.test(text))
    return undefined;
  if (!HEADING.test(text)) return undefined;
  return splitOfWord(/\p{Letter}+/u.exec(text)?.[0] ?? "");
}

/** `Epoch 3 - Evaluation time (seconds): 3.11 - val metrics:` */
export function endingSplit(text: string): Split | undefined {
  if (!/:\s*$/.test(text)) return undefined;
  const ending = /(?:^|[-|,;:\]])\s*(\p{Letter}+)(?: (?:metrics|results|scores|statistics|set))\s*:\s*$/iu.exec(
    text,
  );
  return ending === null ? undefined : splitOfWord(ending[1] ?? "");
}

/** The split that was named last before an object in a line. */
export function splitBefore(before: string): Split | undefined {
  const words = before.split(/[^\p{Letter}]+/u);
  return words
    .map((word) => (word === "" ? undefined : splitOfWord(word)))
    .findLast((split) => split !== undefined);
}
