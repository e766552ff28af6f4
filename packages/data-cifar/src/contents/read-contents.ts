// From a file's bytes to what it holds. The bytes tell the format; the name tells the split, and what a text is.
import { grouped } from "../format.ts";
import { readCifarBinary } from "./cifar-binary.ts";
import { badFile, type Contents } from "./contents.ts";
import { readNameList } from "./name-list.ts";

/** What is read. */
export const KNOWN_FORMATS = "the binary version of CIFAR-10 or CIFAR-100";

/**
 * What the file holds; nothing for a text that names no classes, a readme for one.
 *
 * @throws TrainscopeError `BAD_DATA` where it is in no known format, or is damaged
 */
export function readContents(bytes: Uint8Array, file: string): readonly Contents[] {
  if (isText(bytes)) {
    const names = readNameList(bytes, file);
    return names === undefined ? [] : [names];
  }
  const batch = readCifarBinary(bytes, file);
  if (batch !== undefined) return [batch];
  throw badFile(file, `it has ${grouped(bytes.length)} bytes of no known format; expected ${KNOWN_FORMATS}`);
}

/** How many bytes are looked at to tell a text. */
const HEAD = 4096;

function isText(bytes: Uint8Array): boolean {
  // Tab, line feed, form feed, carriage return, and all from the space on.
  return bytes.subarray(0, HEAD).every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
}
