// MATLAB's files of level 5 (from MATLAB 5 to 7.2, and what SciPy writes): numbers, texts and lists of texts, compressed or
// not. Source: "MAT-File Format", MathWorks.
import { constants, inflateSync } from "node:zlib";
import { messageOf } from "@trainscope/core/errors";
import { grouped } from "../../format.ts";
import { type ElementType, type NdArray, ndarray } from "../arrays/ndarray.ts";
import { contentsOf, type Field, READ_FIELDS } from "../batch-fields.ts";
import { badFile, type Contents } from "../contents.ts";

const HEADER = 128;
/** Of all elements that were compressed, together: no more than any file may have. */
const MOST_INFLATED = 2 ** 30;
/** An empty one takes eight bytes: a file that is allowed would have millions. */
const MOST_ELEMENTS = 10_000;

export function isMat(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER && Buffer.from(bytes.subarray(0, 6)).toString("latin1") === "MATLAB";
}

/** Throws `BAD_DATA` where it is damaged, or of another level. */
export function readMat(bytes: Uint8Array, file: string): readonly Contents[] {
  return contentsOf(readVariables(bytes, file), file);
}

/**
 * Variables that are read, by their names; objects and whatever else there may be are passed over. Compressed ones may
 * unpack to `most` bytes.
 */
export function readVariables(
  bytes: Uint8Array,
  file: string,
  most: number = MOST_INFLATED,
): ReadonlyMap<string, Field> {
  const mark = Buffer.from(bytes.subarray(126, HEADER)).toString("latin1");
  if (mark !== "IM" && mark !== "MI") throw badFile(file, "it is no MATLAB file of level 5", 126);
  const isLittleEndian = mark === "IM";
  const variables = new Map<string, Field>();
  const reader = new ElementReader(bytes, HEADER, bytes.length, isLittleEndian, file, 0);
  const inflater = new Inflater(most, isLittleEndian, file);
  for (let count = 0; reader.hasMore(); count++) {
    const element = reader.element();
    if (count === MOST_ELEMENTS) {
      throw badFile(file, `it has more than ${grouped(MOST_ELEMENTS)} elements`, element.offset);
    }
    const matrix = element.type === MI_COMPRESSED ? inflater.matrix(element) : element;
    if (matrix?.type !== MI_MATRIX) continue;
    const variable = readMatrix(matrix, isLittleEndian, file);
    if (variable !== undefined && !variables.has(variable.name)) variables.set(variable.name, variable.value);
  }
  return variables;
}

const MI_MATRIX = 14;
const MI_COMPRESSED = 15;

/** Of miINT8 and so on, by number. */
const STORED: Readonly<Record<number, Pick<ElementType, "kind" | "size">>> = {
  1: { kind: "i", size: 1 },
  2: { kind: "u", size: 1 },
  3: { kind: "i", size: 2 },
  4: { kind: "u", size: 2 },
  5: { kind: "i", size: 4 },
  6: { kind: "u", size: 4 },
  7: { kind: "f", size: 4 },
  9: { kind: "f", size: 8 },
  12: { kind: "i", size: 8 },
  13: { kind: "u", size: 8 },
};

interface Element {
  readonly type: number;
  readonly bytes: Uint8Array;
  /** Of the element's tag in the file, or in what it was inflated from. */
  readonly offset: number;
}

/** Goes from element to element: a tag of type and size, the bytes, and what fills up to a multiple of 8. */
class ElementReader {
  private readonly view: DataView;
  private next: number;

  private readonly bytes: Uint8Array;
  private readonly end: number;
  private readonly little: boolean;
  private readonly file: string;
  private readonly base: number;

  constructor(bytes: Uint8Array, start: number, end: number, little: boolean, file: string, base: number) {
    this.bytes = bytes;
    this.end = end;
    this.little = little;
    this.file = file;
    this.base = base;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.next = start;
  }

  hasMore(): boolean {
    return this.next < this.end;
  }

  element(): Element {
    const at = this.next;
    const offset = this.base + at;
    if (at + 8 > this.end) throw badFile(this.file, "it ends within an element's tag", offset);
    const first = this.view.getUint32(at, this.little);
    // Up to four bytes stand in the tag itself, their number in its upper half.
    const small = first >>> 16;
    const type = small > 0 ? first & 0xffff : first;
    const size = small > 0 ? small : this.view.getUint32(at + 4, this.little);
    const start = small > 0 ? at + 4 : at + 8;
    if (small > 4 || start + size > this.end) {
      const left = grouped(Math.max(0, this.end - start));
      throw badFile(this.file, `an element tells of ${grouped(size)} bytes; ${left} are left`, offset);
    }
    // A compressed one is followed by the next at once.
    const filled = type === MI_COMPRESSED ? start + size : start + Math.ceil(size / 8) * 8;
    this.next = small > 0 ? at + 8 : filled;
    return { type, bytes: this.bytes.subarray(start, start + size), offset: this.base + start };
  }
}

interface Variable {
  readonly name: string;
  readonly value: Field;
}

/** So many bytes of a compressed element tell which variable it is. */
const HEAD = 1024;
const TAG = 8;

/** Unpacks compressed elements as long as there is room: those that aren't read only as far as their names. */
class Inflater {
  private left: number;

  private readonly most: number;
  private readonly little: boolean;
  private readonly file: string;

  constructor(most: number, little: boolean, file: string) {
    this.most = most;
    this.left = most;
    this.little = little;
    this.file = file;
  }

  /** What was compressed; `undefined` where it is no matrix that is read. */
  matrix({ bytes, offset }: Element): Element | undefined {
    const head = this.inflate(bytes.subarray(0, HEAD), offset, { finishFlush: constants.Z_SYNC_FLUSH });
    if (head.length < TAG) throw badFile(this.file, "it ends within an element's tag", offset);
    const type = new DataView(head.buffer, head.byteOffset).getUint32(0, this.little);
    if (type !== MI_MATRIX) return undefined;
    const parts = new ElementReader(head, TAG, head.length, this.little, this.file, offset);
    if (!isRead(readHeader(parts, this.little, this.file).name)) return undefined;
    const inflated = this.inflate(bytes, offset, {});
    const inner = new ElementReader(inflated, 0, inflated.length, this.little, this.file, offset);
    return { ...inner.element(), offset };
  }

  private inflate(bytes: Uint8Array, offset: number, options: { finishFlush?: number }): Uint8Array {
    try {
      const inflated = inflateSync(bytes, { ...options, maxOutputLength: Math.max(1, this.left) });
      this.left -= inflated.length;
      return inflated;
    } catch (cause) {
      const most = `all of them together larger than ${grouped(this.most)} bytes`;
      throw badFile(this.file, `a compressed element is damaged, or ${most}: ${messageOf(cause)}`, offset);
    }
  }
}

const CELL = 1;
const CHARACTERS = 4;
/** From double to uint64. */
const isNumeric = (kind: number): boolean => kind >= 6 && kind <= 15;
const COMPLEX = 0x0800;

interface MatrixHeader {
  readonly flags: number;
  readonly shape: readonly number[];
  readonly name: string;
}

const MOST_SIDES = 32;
/** MATLAB's own limit is 63. */
const LONGEST_NAME = 64;

/** The three elements that a matrix begins with, none larger than such ones are. */
function readHeader(parts: ElementReader, little: boolean, file: string): MatrixHeader {
  const part = (what: string, most: number): Uint8Array => {
    const { bytes, offset } = parts.element();
    if (bytes.length <= most) return bytes;
    throw badFile(
      file,
      `a matrix has ${what} of ${grouped(bytes.length)} bytes; expected at most ${most}`,
      offset,
    );
  };
  const uint32s = (bytes: Uint8Array): number[] => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getUint32(4 * i, little));
  };
  const [flags = 0] = uint32s(part("flags", 8));
  const shape = uint32s(part("dimensions", 4 * MOST_SIDES));
  return { flags, shape, name: Buffer.from(part("a name", LONGEST_NAME)).toString("latin1") };
}

/** Those in a cell have no name. */
const isRead = (name: string): boolean => name === "" || READ_FIELDS.includes(name);

/** One that isn't read, by its name or its kind, is `undefined`. */
function readMatrix(element: Element, little: boolean, file: string): Variable | undefined {
  const { bytes, offset } = element;
  const parts = new ElementReader(bytes, 0, bytes.length, little, file, offset);
  const { flags, shape, name } = readHeader(parts, little, file);
  const kind = flags & 0xff;
  if (!isRead(name)) return undefined;
  if (shape.length < 2) throw badFile(file, `${name} has ${shape.length} dimensions`, offset);
  if (kind === CELL) return { name, value: readCell(parts, shape, little, file, offset) };
  if (kind !== CHARACTERS && !isNumeric(kind)) return undefined;
  if ((flags & COMPLEX) !== 0) throw badFile(file, `${name} holds complex numbers`, offset);
  const data = parts.element();
  if (kind === CHARACTERS) return { name, value: characters(data, little) };
  const stored = STORED[data.type];
  if (stored === undefined) throw badFile(file, `${name} is of the unknown type ${data.type}`, data.offset);
  const type = { ...stored, isLittleEndian: little };
  const array: NdArray = { type, shape, isFortran: true, bytes: data.bytes };
  return { name, value: ndarray(array, file, data.offset) };
}

const MOST_CELLS = 1000;

function readCell(
  parts: ElementReader,
  shape: readonly number[],
  little: boolean,
  file: string,
  offset: number,
): readonly unknown[] {
  const count = shape.reduce((product, side) => product * side, 1);
  if (count > MOST_CELLS)
    throw badFile(file, `it has a list of ${grouped(count)} texts; expected at most ${MOST_CELLS}`, offset);
  return Array.from({ length: count }, () => {
    const inner = parts.element();
    // Cells within cells are none of ours: no depth to fall into.
    const bytes = inner.type === MI_MATRIX ? inner.bytes : new Uint8Array(0);
    const within = new ElementReader(bytes, 0, bytes.length, little, file, inner.offset);
    const flags = within.element().bytes;
    const kind = flags[little ? 0 : 3] ?? 0;
    within.element();
    within.element();
    if (kind !== CHARACTERS) throw badFile(file, "it has a list of other things than texts", inner.offset);
    return characters(within.element(), little);
  });
}

const MI_UTF16 = 17;
const MI_UINT16 = 4;

/** A text is stored as bytes, UTF-8 or UTF-16, one row after the other's columns: that of one row is what it is. */
function characters({ type, bytes }: Element, little: boolean): string {
  const some = bytes.subarray(0, 4096);
  if (type !== MI_UTF16 && type !== MI_UINT16) return new TextDecoder().decode(some);
  return new TextDecoder(little ? "utf-16le" : "utf-16be").decode(some);
}
