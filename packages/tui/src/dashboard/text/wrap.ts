// Text in lines of a width, broken between words where that is possible.
import { displayWidth, splitColumns } from "../../text/width.ts";

/** At least one line, none of more than `width` columns. A word that is longer than a line is broken. */
export function wrap(text: string, width: number): readonly string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line: string | undefined;
  let used = 0;
  for (const word of text.split(" ")) {
    const length = displayWidth(word);
    if (line !== undefined && used + 1 + length <= width) {
      line += ` ${word}`;
      used += 1 + length;
      continue;
    }
    if (line !== undefined) lines.push(line);
    const pieces = length <= width ? [word] : splitColumns(word, width);
    for (const piece of pieces.slice(0, -1)) lines.push(piece);
    line = pieces.at(-1) ?? "";
    used = displayWidth(line);
  }
  return [...lines, line ?? ""];
}
