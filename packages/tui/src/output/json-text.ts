// JSON that may be looked at in a terminal: JSON.stringify leaves much as it is that a terminal acts on, or hides.
import { visible } from "@trainscope/core/text";

/** What a line can't show is escaped, so that it comes back as it was (RFC 8259, section 7). */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(/[^\n\u0020-\u007e]/gu, (character) =>
    visible(character) === character ? character : escaped(character),
  );
}

/** As one or two UTF-16 units. */
function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
