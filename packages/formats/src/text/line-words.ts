// What words before a number mean in a printed line.
import { counterOf, isLoss, isMeasure, isShare, roleOf, splitOfWord } from "../meaning/words.ts";
import { isOnlyPlace } from "./names.ts";
import { remembered } from "./remembered.ts";
import type { ScannedNumber } from "./scan-numbers.ts";

/** What a line begins with that speaks of another place than its own. */
const ELSEWHERE =
  /\b(?:best|load(?:ed|ing)?|restor\w*|resum\w*|sav(?:ed?|ing)(?! dict)|improved|better|solved|early.?stopping|checkpoint(?!\s*\[)|config|namespace|class_?id)\b/i;
export const speaksOfElsewhere = remembered((lead): boolean => ELSEWHERE.test(lead));
const SUPERLATIVE =
  /\b(?:best|max|maximum|min|minimum|worst|highest|lowest|previous|patience|threshold|target|delta)\b/i;
export const isSuperlative = remembered((name): boolean => SUPERLATIVE.test(name.replaceAll("_", " ")));
/** `null` where it is none; brackets may follow, as in `Epoch(train)`. */
export const counterBefore = remembered((word) =>
  // Marian's updates.
  word === "Up." ? { counter: "step" as const, rank: 0 } : (counterOf(word.replace(/\(\w*\)?$/, "")) ?? null),
);
/** `Iter(val)`: batches of an evaluation, whatever counts in training. */
export const isOfHeldOut = remembered((word): boolean => {
  const split = splitOfWord(/^it(?:er(?:ation)?)?s?\((\w+)\)$/i.exec(word)?.[1] ?? "");
  return split === "validation" || split === "test";
});
/** The figure that is named before its place, as in `Loss after epoch 3: 0.5`; `null` where there is none. */
export const figureBeforePlace = remembered((name): string | null => {
  const [, figure = ""] = /^(?:the )?(.+) (?:after|at|in|for|of) (?:the )?\S+$/i.exec(name) ?? [];
  return figure !== "" && isMeasure(figure) ? figure : null;
});
export const isTrustedName = remembered(
  (word): boolean => isMeasure(word) || roleOf(word.toLowerCase()) !== "figure",
);
export const isMeasuredFigure = remembered(
  (name): boolean => isMeasure(name) && roleOf(name.toLowerCase()) === "figure",
);
/** A phrase that a shorter name would hide: `fps of the whole policy`. */
export const isOfMachine = remembered(
  (name): boolean => name.split(" ").length > 3 && roleOf(name.toLowerCase()) === "machine",
);
export const isLearningRate = remembered((name): boolean => roleOf(name.toLowerCase()) === "learningRate");
const NO_NAME =
  /^(?:to|from|of|at|in|after|for|than|by|with|and|or|the|a|is|was|on|took|takes|out|no|per|about|over|under|every|index|first|last|next|top|group|rank|device|version|size|seed|worker|process|gpu|cuda|line|port|ver|v|x|until|since|between|reached|improved)$/i;

/** Words before a number that make it no value of theirs. PER, as `2 images per class` has none, is the error rate of phonemes. */
export function isNoName(word: string): boolean {
  return NO_NAME.test(word) && word !== "PER";
}

/** Of `name=value` only the word before the sign is the name, but for `Time cost=12`. */
export function isNameOfPair(name: string, before: string): boolean {
  return /[^\s=]=$/.test(before) && roleOf(name.toLowerCase()) !== "time";
}

/** `loss: 0.5 (-0.1)`: by how much the figure has changed, rather than its mean, which of a reward may be negative. */
function isChange({ text, value }: ScannedNumber, [name, before]: readonly [string, number | null]): boolean {
  if (text.startsWith("+")) return true;
  return before !== null && before >= 0 && value !== null && value < 0 && isNeverNegative(name);
}

/** `Acc@1 81.123 (18.877)`: the error, which is what an accuracy lacks of a hundred. */
function isComplement({ value }: ScannedNumber, [name, before]: readonly [string, number | null]): boolean {
  return before !== null && value !== null && Math.abs(before + value - 100) < 1e-3 && isShareName(name);
}

/** `loss 0.35 (0.31)`: whether the number in brackets is the mean so far; it closes them at once. */
export function isMean(number: ScannedNumber, field: readonly [string, number | null], line: string): boolean {
  const isPlain = number.unit === "" && number.of === undefined && /^\s*\)/.test(line.slice(number.end));
  return isPlain && !isChange(number, field) && !isComplement(number, field);
}

const isShareName = remembered((name): boolean => isShare(keyOf(name)));
const isNeverNegative = remembered((name): boolean => {
  const key = keyOf(name);
  return isLoss(key) || isShare(key);
});

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
}

/** `iter` stays, so that its figures can be told from another counter's. */
export function stepName(word: string): string {
  const name = word.toLowerCase().replace(/[^a-z_]/g, "");
  return counterOf(name) === undefined ? "step" : name;
}

export function isDuration({ unit }: ScannedNumber): boolean {
  return /^(?:s|ms|secs?|seconds?|min|minutes?|h|hours?)$/.test(unit);
}

export function isOnlyBracket(before: string): boolean {
  return /^\s*\[\s*$/.test(before);
}

/** `Train 3, loss: 0.5`; of `Train 50000, Test: 10000` the numbers are the splits' sizes. */
export function isSplitOfEpoch(lead: string, { of, value, end }: ScannedNumber, line: string): boolean {
  if (of !== undefined || !Number.isInteger(value) || splitOfWord(lead.trim()) === undefined) return false;
  const next = /^,\s*(\p{Letter}[\p{Letter}_ ]*)[:=]/u.exec(line.slice(end))?.[1];
  return next !== undefined && isMeasure(next.trim());
}

/** `Train: 3 [ 50/1251 ( 4%)]` */
export function isEpochOfSplit(name: string, { value, of, end }: ScannedNumber, line: string): boolean {
  if (of !== undefined || !Number.isInteger(value)) return false;
  return splitOfWord(name.split(" ").at(-1) ?? "") !== undefined && /^\s*\[/.test(line.slice(end, end + 3));
}

/** `[ Train | 001/080 ]`: a bracket that has the split before the epoch. */
export function isSplitBracket(before: string): boolean {
  return /^\s*\[\s*\p{Letter}+\s*\|\s*$/u.test(before) && isOnlyPlace(before);
}
