// An array of numbers as NumPy and MATLAB files hold it: bytes, what they mean, and how they lie.
import { grouped } from "../../format.ts";
import { badFile } from "../contents.ts";

/** `shape` of any number of dimensions, of elements that `type` tells. */
export interface NdArray {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Whether the first index runs fastest, as in MATLAB and Fortran; else the last. */
  readonly isFortran: boolean;
  /** As many as the shape asks for. */
  readonly bytes: Uint8Array;
}

/** `kind` and size as in NumPy's `u1`, `i8`, `f4`, `b1`. */
export interface ElementType {
  readonly kind: "u" | "i" | "f" | "b";
  readonly size: 1 | 2 | 4 | 8;
  readonly isLittleEndian: boolean;
}

const DESCRIPTION = /^([<>|=]?)(u1|u2|u4|u8|i1|i2|i4|i8|f4|f8|b1)$/;

/** Of a description of NumPy's, e.g. `<i8`. Throws `BAD_DATA` for one of anything but numbers. */
export function elementType(description: string, file: string, offset?: number): ElementType {
  const [, order = "", code = ""] = DESCRIPTION.exec(description) ?? [];
  if (code === "") {
    const found = JSON.stringify(description.slice(0, 40));
    throw badFile(
      file,
      `it has an array of elements ${found}; expected numbers, such as "|u1" or "<i8"`,
      offset,
    );
  }
  const [kind, size] = [code[0] as ElementType["kind"], Number(code[1]) as ElementType["size"]];
  return { kind, size, isLittleEndian: order !== ">" };
}

/** NumPy's own limit. */
const MOST_SIDES = 64;

/** Throws `BAD_DATA` where a side is no size, or the bytes aren't as many as the shape asks for. */
export function ndarray(array: NdArray, file: string, offset?: number): NdArray {
  const { shape, bytes, type } = array;
  if (shape.length > MOST_SIDES)
    throw badFile(file, `it has an array of ${grouped(shape.length)} dimensions`, offset);
  const words = `(${shape.map(String).join(", ")})`;
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0))
    throw badFile(file, `it has an array of shape ${words}`, offset);
  const expected = shape.reduce((product, side) => product * side, type.size);
  if (bytes.length === expected) return array;
  const found = `${grouped(bytes.length)} bytes for an array of shape ${words}`;
  throw badFile(file, `it has ${found}; expected ${grouped(expected)}`, offset);
}

/** Whatever the order of the indices, of one dimension or of a column or row: all elements. Integers of 8 bytes become numbers. */
export function numbersOf({ type, bytes }: NdArray): ArrayLike<number> {
  const { kind, size, isLittleEndian } = type;
  if (size === 1 && kind !== "i") return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(bytes.length / size);
  const read = reader(view, kind, size, isLittleEndian);
  for (let i = 0; i < numbers.length; i++) numbers[i] = read(i * size);
  return numbers;
}

function reader(
  view: DataView,
  kind: ElementType["kind"],
  size: ElementType["size"],
  little: boolean,
): (offset: number) => number {
  if (kind === "f")
    return size === 4 ? (at) => view.getFloat32(at, little) : (at) => view.getFloat64(at, little);
  if (size === 8) {
    return kind === "i"
      ? (at) => Number(view.getBigInt64(at, little))
      : (at) => Number(view.getBigUint64(at, little));
  }
  if (size === 4) return kind === "i" ? (at) => view.getInt32(at, little) : (at) => view.getUint32(at, little);
  if (size === 2) return kind === "i" ? (at) => view.getInt16(at, little) : (at) => view.getUint16(at, little);
  return (at) => view.getInt8(at);
}
