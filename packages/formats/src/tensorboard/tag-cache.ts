// Texts by their bytes: a file has the same few tags again and again.

/** So many are kept; a file that makes up tags all the time begins anew. */
const MOST = 4096;

const utf8 = new TextDecoder();

interface Known {
  readonly bytes: Uint8Array;
  readonly text: string;
}

export class TagCache {
  private readonly known = new Map<number, Known[]>();
  private count = 0;

  /** The text that stands in `bytes` from `from` to before `to`, in UTF-8. */
  textOf(bytes: Uint8Array, from: number, to: number): string {
    const hash = hashOf(bytes, from, to);
    const alike = this.known.get(hash);
    if (alike !== undefined) for (const one of alike) if (isSame(one.bytes, bytes, from, to)) return one.text;
    const own = bytes.slice(from, to);
    const text = utf8.decode(own);
    if (this.count++ >= MOST) {
      this.known.clear();
      this.count = 1;
    }
    this.known.set(hash, [...(this.known.get(hash) ?? []), { bytes: own, text }]);
    return text;
  }
}

/** FNV-1a. http://www.isthe.com/chongo/tech/comp/fnv */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}

function isSame(one: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (one.length !== to - from) return false;
  for (let at = from; at < to; at++) if (one[at - from] !== bytes[at]) return false;
  return true;
}
