// The entries of a ZIP file in memory, as an .npz is one. Source: PKWARE's APPNOTE.TXT, 4.3.
import { inflateRawSync } from "node:zlib";
import { grouped } from "../../format.ts";
import { badFile } from "../contents.ts";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const MOST_ENTRIES = 1000;
/** Of all entries together, whatever the file says. */
const MOST_INFLATED = 2 ** 31;

export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= 22 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === LOCAL;
}

/** Entries that `isWanted`, inflated. Throws `BAD_DATA` where the file is damaged, or grows without measure. */
export function readZip(
  bytes: Uint8Array,
  file: string,
  isWanted: (name: string) => boolean,
): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw badFile(file, "it ends without the list of its entries: it is cut off");
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES)
    throw badFile(file, `it has ${grouped(count)} entries; expected at most ${MOST_ENTRIES}`);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  let left = MOST_INFLATED;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL)
      throw badFile(file, `entry ${i} of its list is damaged`, at);
    const nameSize = view.getUint16(at + 28, true);
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameSize)).toString("utf8");
    if (isWanted(name)) {
      const entry = inflate(view, at, bytes, file, name, left);
      left -= entry.length;
      entries.push({ name, bytes: entry });
    }
    at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** From the end on: a comment of up to 65,535 bytes may follow it. */
function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= first; at--) if (view.getUint32(at, true) === END) return at;
  return undefined;
}

const STORED = 0;
const DEFLATED = 8;

function inflate(
  view: DataView,
  central: number,
  bytes: Uint8Array,
  file: string,
  name: string,
  most: number,
): Uint8Array {
  const method = view.getUint16(central + 10, true);
  const [packed, size] = [view.getUint32(central + 20, true), view.getUint32(central + 24, true)];
  const local = view.getUint32(central + 42, true);
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL)
    throw badFile(file, `its entry ${name} isn't where its list says`, local);
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > bytes.length) throw badFile(file, `its entry ${name} is cut off`, start);
  if (size > most)
    throw badFile(
      file,
      `its entry ${name} has ${grouped(size)} bytes; expected at most ${grouped(most)}`,
      local,
    );
  const raw = bytes.subarray(start, start + packed);
  if (method === STORED && packed === size) return raw;
  if (method === DEFLATED) {
    try {
      const found = inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
      if (found.length === size) return found;
    } catch {
      // What is wrong is said below.
    }
  }
  throw badFile(file, `its entry ${name} is damaged, or packed in an unknown way`, start);
}
