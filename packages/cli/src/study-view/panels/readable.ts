import { visible } from "@trainscope/core/text";
import type { Theme } from "@trainscope/tui/parts";

/** A title or a sentence of a study on one line; where the terminal has no Greek letters, their names. */
export function readable(text: string, { ascii, glyphs }: Theme): string {
  const line = visible(text);
  if (!ascii) return line;
  return line
    .replaceAll("λ", glyphs.lambda)
    .replaceAll("η", glyphs.eta)
    .replaceAll("×", glyphs.times)
    .replaceAll("²", "^2");
}
