// `train loss: 0.5, val: 0.6`: a split by itself, after a figure that named its split, has that figure's measure.
import { splitOfWord } from "../meaning/words.ts";
import type { ScannedNumber } from "./scan-numbers.ts";

export interface SharedMeasure {
  readonly measure: string;
  /** Whether it was told as a part of a whole: `train acc: 80/100`. */
  readonly isPart: boolean;
}

/** `name`: a figure's, with its split. */
export function measureSharedBy(name: string, { of }: ScannedNumber): SharedMeasure {
  const words = name.split(/[^\p{Letter}\p{Number}@]+/u);
  const measure = words.filter((word) => splitOfWord(word) === undefined).join(" ");
  return { measure, isPart: of !== undefined };
}

/** `100 images`, `2.5 minutes`; of `0.6 hits 0.1` the word is the name of what comes next. */
const COUNTED = /\s+\p{Letter}{2,}[^\P{Letter}s]s(?![\p{Letter}\w])(?!\s*(?:[:=]|[-+]?[\d.]))/uy;

/** Whether a number after a split by itself is a figure: no duration or size, nor how many there are. */
export function isFigureOfSplit(
  { unit, of, end }: ScannedNumber,
  line: string,
  shared: SharedMeasure | undefined,
): boolean {
  if (unit !== "" && unit !== "%") return false;
  if (of !== undefined) return shared?.isPart === true;
  COUNTED.lastIndex = end;
  return !COUNTED.test(line);
}
