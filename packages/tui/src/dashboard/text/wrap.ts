// Text in lines of a width, broken between words where that is possible.
import { displayWidth, truncate } from "../../text/width.ts";

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
    const pieces = length <= width ? [word] : broken(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
    used = displayWidth(line);
  }
  return [...lines, line ?? ""];
}

/** A wide character where there is a single column has no place, and is left out with what follows. */
function broken(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    const piece = truncate(rest, width, "");
    if (piece === "") return pieces;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}
