// Whether the beginning of a file is text, and what it says.

/** `undefined` for bytes that no text holds. A last line that was cut is among what it says. */
export function textHead(head: Uint8Array): string | undefined {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16) return new TextDecoder(head[0] === 0xff ? "utf-16le" : "utf-16be").decode(head);
  const text = new TextDecoder().decode(head);
  // A cut may spoil one sign, a file of Latin-1 a few; and programs print what they shouldn't.
  const spoilt = text.match(/[\ufffd\0]/g)?.length ?? 0;
  return spoilt > 1 + text.length / 50 ? undefined : text;
}
