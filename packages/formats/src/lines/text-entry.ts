// What is no figure, as it is told in the log.
import { requireArgument } from "@trainscope/core/errors";
import type { TextEntry } from "../format.ts";

/** So much of a line is told. */
const LONGEST_TEXT = 400;

/** A line for the log: of a long one its end, where the news is. */
export function textEntry(line: string): TextEntry {
  requireArgument("textEntry", "line", line, "a text");
  const text = line.trim();
  const shown = text.length > LONGEST_TEXT ? `...${text.slice(-LONGEST_TEXT)}` : text;
  const level = /\b(?:error|exception|traceback|fatal)\b/i.test(shown)
    ? "error"
    : /\bwarn(?:ing)?\b/i.test(shown)
      ? "warning"
      : "info";
  return { kind: "text", text: shown, level };
}
