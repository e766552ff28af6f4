// Text within XML, and HTML: names of classes and data come from users.
import { visibleLines } from "./visible.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Safe as an element's text and within an attribute of either quote. */
export function escapeXml(text: string): string {
  return xmlCharacters(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** What can't be seen is treated as on a terminal; what else XML 1.0 can't hold (section 2.2) becomes U+FFFD. */
export function xmlCharacters(text: string): string {
  return visibleLines(text).replace(/[\ufffe\uffff]/g, "\ufffd");
}
