// What a program prints that is no event, for the log: so much of it as a person can read, and how much there was besides.
import { visible } from "@trainscope/core/text";

export interface PrintedLines {
  /** The line as it is to be told; nothing where there were too many within the second. */
  take(text: string, time: number): readonly string[];
  /** To be called now and then: what was left out, once its second is over. */
  due(time: number): readonly string[];
  /** The same, however long ago the second began. */
  rest(): readonly string[];
}

/** A burst of a dozen, as of a warning with its stack, is told whole. */
const MOST_A_SECOND = 20;
const SECOND = 1000;
const LONGEST = 400;

/** `time` is that of arrival, in ms, by any clock. */
export function createPrintedLines(): PrintedLines {
  let began = Number.NEGATIVE_INFINITY;
  let told = 0;
  let left = 0;

  function rest(): readonly string[] {
    const count = left;
    left = 0;
    return count === 0
      ? []
      : [
          `and ${count} more ${count === 1 ? "line" : "lines"} that ${count === 1 ? "is no event" : "are no events"}`,
        ];
  }

  function due(time: number): readonly string[] {
    // A clock may step back.
    if (time >= began && time - began < SECOND) return [];
    began = time;
    told = 0;
    return rest();
  }

  return {
    due,
    rest,
    take(text, time) {
      const before = due(time);
      const line = visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text).trim();
      if (line === "") return before;
      if (told >= MOST_A_SECOND) {
        left++;
        return before;
      }
      told++;
      return [...before, line];
    },
  };
}
