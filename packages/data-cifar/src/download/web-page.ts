// Servers answer with a page and status 200 where a login, or a proxy, stands before the file.

/** `start`: the first bytes of what came. A file of gzip's is taken for what it is, whatever it is called. */
export function isWebPage(contentType: string | null, start: Uint8Array): boolean {
  if (start[0] === 0x1f && start[1] === 0x8b) return false;
  if (/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? "")) return true;
  const text = Buffer.from(start.subarray(0, 512)).toString("latin1");
  return /^(?:\xEF\xBB\xBF)?\s*<(?:!doctype html|html)\b/i.test(text);
}
