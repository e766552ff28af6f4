// Text within XML: whatever a name or a message holds, the picture stays a document that can be read.

/** What XML has no place for becomes a blank, as in a terminal, or the sign for what can't be shown. */
export function escapeXml(text: string): string {
  return text
    .replace(/\p{Cc}/gu, " ")
    .replace(/[\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
