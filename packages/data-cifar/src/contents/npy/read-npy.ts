// NumPy's .npy: a mark, a version, a header that is a Python literal, and the bytes.
// Source: numpy/lib/format.py.
import { elementType, type NdArray, ndarray } from "../arrays/ndarray.ts";
import { badFile } from "../contents.ts";

const MARK = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** The writer pads to 64; a header is no place for more. */
const MOST_HEADER = 65_536;

export function isNpy(bytes: Uint8Array): boolean {
  return MARK.every((byte, i) => bytes[i] === byte);
}

/** Throws `BAD_DATA` where it is damaged, or holds anything but numbers: objects would be a pickle. */
export function readNpy(bytes: Uint8Array, file: string): NdArray {
  if (!isNpy(bytes) || bytes.length < 12) throw badFile(file, "it is no .npy array", 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLong = (bytes[6] ?? 0) >= 2;
  const size = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = isLong ? 12 : 10;
  if (size > MOST_HEADER || start + size > bytes.length)
    throw badFile(file, `its header tells of ${size} bytes, which it has not`, 8);
  const header = Buffer.from(bytes.subarray(start, start + size)).toString("latin1");
  const description = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (description === undefined || order === undefined || shape === undefined) {
    const shown = JSON.stringify(header.trim().slice(0, 120));
    throw badFile(file, `its header is ${shown}; expected descr, fortran_order and shape of numbers`, start);
  }
  const sides = shape.split(",").flatMap((side) => (side.trim() === "" ? [] : [Number(side)]));
  const type = elementType(description, file, start);
  const isFortran = order === "True" && sides.length > 1;
  return ndarray({ type, shape: sides, isFortran, bytes: bytes.subarray(start + size) }, file, start + size);
}
