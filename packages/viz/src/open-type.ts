// How wide a font sets each character, from the font's own tables (OpenType 1.9: head, hhea, hmtx, cmap).

export interface Font {
  /** Of the character, as a part of the font's size; `undefined` where the font lacks it. */
  advance(codePoint: number): number | undefined;
}

/** Unicode, all of it, in subtables of format 12. */
const WINDOWS_UNICODE_FULL = (3 << 16) | 10;

/** Throws a `RangeError` where the bytes are no OpenType font with a full Unicode map. */
export function readFont(bytes: Uint8Array): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = readTables(view);
  const unitsPerEm = view.getUint16(tables("head") + 18);
  const metrics = view.getUint16(tables("hhea") + 34);
  const hmtx = tables("hmtx");
  const glyphOf = readCharacterMap(view, tables("cmap"));
  return {
    advance(codePoint) {
      const glyph = glyphOf(codePoint);
      // The glyphs after the last that has an advance of its own share that.
      return glyph === 0 ? undefined : view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm;
    },
  };
}

function readTables(view: DataView): (tag: string) => number {
  const offsets = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + 16 * i;
    const tag = [0, 1, 2, 3].map((at) => String.fromCharCode(view.getUint8(record + at))).join("");
    offsets.set(tag, view.getUint32(record + 8));
  }
  return (tag) => {
    const offset = offsets.get(tag);
    if (offset === undefined) throw new RangeError(`the font has no table "${tag}"`);
    return offset;
  };
}

/** Gives a character's glyph, 0 where there is none. */
function readCharacterMap(view: DataView, cmap: number): (codePoint: number) => number {
  const records = Array.from({ length: view.getUint16(cmap + 2) }, (_, i) => cmap + 4 + 8 * i);
  const record = records.find((at) => view.getUint32(at) === WINDOWS_UNICODE_FULL);
  if (record === undefined) throw new RangeError("the font has no full Unicode map");
  const subtable = cmap + view.getUint32(record + 4);
  const groups = Array.from({ length: view.getUint32(subtable + 12) }, (_, i) => {
    const at = subtable + 16 + 12 * i;
    return { first: view.getUint32(at), last: view.getUint32(at + 4), glyph: view.getUint32(at + 8) };
  });
  return (codePoint) => {
    const group = groups.find(({ last }) => codePoint <= last);
    return group === undefined || codePoint < group.first ? 0 : group.glyph + codePoint - group.first;
  };
}
