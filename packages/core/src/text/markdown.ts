// Text within Markdown: names and messages come from outside.
import { visible } from "./visible.ts";

/**
 * Text that stays text: no markup, link, image, HTML, mention or table edge. A backslash before ASCII punctuation
 * makes it itself (CommonMark 2.4); `@` gets a word joiner, as GitHub has no escape for mentions.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]<>#|~&!$]/g, "\\$&")
    .replace(/@(?=[\w-])/g, "@\u2060")
    .replace(/(https?|ftp):(?=\/\/)/gi, "$1\\:")
    .replace(/\bwww\.(?=\S)/gi, "www\\.")
    .replace(
      /^(\s*)([-+=]|\d+[.)])(?=\s|$|[-+=])/,
      (_, space: string, marker: string) => `${space}${marker.slice(0, -1)}\\${marker.slice(-1)}`,
    );
}
