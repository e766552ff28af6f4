// What a pattern of the user's finds in a line.
import type { Field } from "../format.ts";
import { parseNumber } from "./numbers.ts";

/** The named groups that matched, by their names; `undefined` where the pattern doesn't match. */
export function patternFields(line: string, pattern: RegExp): readonly Field[] | undefined {
  pattern.lastIndex = 0;
  const groups = pattern.exec(line)?.groups;
  if (groups === undefined) return undefined;
  return Object.entries(groups).flatMap(([name, text]): Field[] => {
    const value = text === undefined ? undefined : parseNumber(text);
    return text === undefined ? [] : [[name, value === undefined ? text : value]];
  });
}
