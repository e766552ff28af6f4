// Reads and writes the safetensors format: named tensors behind a header of JSON.
// https://github.com/huggingface/safetensors#format
import { TrainscopeError } from "../errors.ts";
import type { Values } from "../model/linear.ts";

/** Numbers of any shape, in float32 or float64. */
export interface Tensor {
  /** Row-major; `[]` is a single number. */
  readonly shape: readonly number[];
  /** Float32 is `F32` in the file, Float64 `F64`. */
  readonly data: Values;
}

/** What a safetensors file holds: tensors by name, and texts by name. */
export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: "F32" | "F64";
  readonly shape: readonly number[];
  /** Of its bytes, after the header. */
  readonly data_offsets: readonly [start: number, end: number];
}

const LENGTH_BYTES = 8;
/** Where tensors begin: a multiple, so that a reader may look at them in place. */
const ALIGNMENT = 8;
/** The format's own limit. */
const MOST_HEADER_BYTES = 100_000_000;
const METADATA = "__metadata__";
const BYTES = { F32: 4, F64: 8 } as const;

/**
 * The bytes of a file. Tensors of float64 come first, so that each is aligned. Throws `BAD_DATA` where a shape is not
 * that of its numbers, or a tensor has the name of the metadata.
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array {
  const sorted = Object.entries(tensors).sort(
    ([, a], [, b]) => BYTES[dtypeOf(b.data)] - BYTES[dtypeOf(a.data)],
  );
  const entries: [string, Entry][] = [];
  let length = 0;
  for (const [name, { shape, data }] of sorted) {
    if (name === METADATA) {
      throw new TrainscopeError(
        "BAD_DATA",
        `a tensor is named ${METADATA}, which safetensors keeps for itself`,
      );
    }
    if (data.length !== sizeOf(shape)) {
      const message = `tensor "${name}" has ${data.length} numbers; its shape [${shape}] has ${sizeOf(shape)}`;
      throw new TrainscopeError("BAD_DATA", message);
    }
    const dtype = dtypeOf(data);
    const start = length;
    length += data.length * BYTES[dtype];
    entries.push([name, { dtype, shape, data_offsets: [start, length] }]);
  }
  const head = { ...(Object.keys(metadata).length > 0 && { [METADATA]: metadata }) };
  const text = new TextEncoder().encode(JSON.stringify({ ...head, ...Object.fromEntries(entries) }));
  const headerBytes = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;

  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const [, { data }] of sorted) {
    const dtype = dtypeOf(data);
    for (const value of data) {
      if (dtype === "F32") view.setFloat32(at, value, true);
      else view.setFloat64(at, value, true);
      at += BYTES[dtype];
    }
  }
  return bytes;
}

/**
 * What a file holds; the numbers are copies. Throws `BAD_DATA` for a file that is damaged, or has tensors of another
 * type than F32 and F64.
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, dataStart } = readHeader(bytes, view);
  const { [METADATA]: metadata = {}, ...described } = header;
  const entries = Object.entries(described).map(([name, entry]) => [name, checkEntry(name, entry)] as const);
  checkCover(entries, bytes.length - dataStart);
  const tensors = entries.map(([name, { dtype, shape, data_offsets }]) => {
    const data = dtype === "F32" ? new Float32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape));
    for (let i = 0, at = dataStart + data_offsets[0]; i < data.length; i++, at += BYTES[dtype]) {
      data[i] = dtype === "F32" ? view.getFloat32(at, true) : view.getFloat64(at, true);
    }
    return [name, { shape, data }] as const;
  });
  return { tensors: Object.fromEntries(tensors), metadata: checkMetadata(metadata) };
}

function readHeader(bytes: Uint8Array, view: DataView) {
  if (bytes.length < LENGTH_BYTES) {
    throw damaged(`it has ${bytes.length} bytes; the length of its header alone takes ${LENGTH_BYTES}`);
  }
  const length = Number(view.getBigUint64(0, true));
  const dataStart = LENGTH_BYTES + length;
  if (length > MOST_HEADER_BYTES || dataStart > bytes.length) {
    throw damaged(`its header should have ${length} bytes; ${bytes.length - LENGTH_BYTES} follow`);
  }
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart));
  if (!isRecord(header)) throw damaged("its header is no JSON object");
  return { header, dataStart };
}

function parseHeader(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damaged("its header is no JSON", cause);
  }
}

function checkEntry(name: string, entry: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  if (dtype !== "F32" && dtype !== "F64") {
    throw damaged(`tensor "${name}" is of type ${JSON.stringify(dtype)}; expected F32 or F64`);
  }
  if (!isCounts(shape)) throw damaged(`tensor "${name}" has the shape ${JSON.stringify(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw damaged(
      `tensor "${name}" is at ${JSON.stringify(offsets)}; expected a first byte and one past the last`,
    );
  }
  const [start, end] = offsets as [number, number];
  const expected = sizeOf(shape) * BYTES[dtype];
  if (end - start !== expected) {
    throw damaged(`tensor "${name}" has ${end - start} bytes; its shape [${shape}] has ${expected}`);
  }
  return { dtype, shape, data_offsets: [start, end] };
}

/** Tensors follow each other to the end of the file, without holes. */
function checkCover(entries: readonly (readonly [string, Entry])[], length: number): void {
  let end = 0;
  for (const [name, { data_offsets: offsets }] of entries.toSorted(byPlace)) {
    if (offsets[0] !== end) throw damaged(`tensor "${name}" begins at byte ${offsets[0]}; expected ${end}`);
    end = offsets[1];
  }
  if (end !== length) throw damaged(`its tensors have ${end} bytes; ${length} follow the header`);
}

function byPlace([, one]: readonly [string, Entry], [, other]: readonly [string, Entry]): number {
  return one.data_offsets[0] - other.data_offsets[0] || one.data_offsets[1] - other.data_offsets[1];
}

function checkMetadata(metadata: unknown): Record<string, string> {
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== "string")) {
    throw damaged("its metadata are no strings by name");
  }
  return metadata as Record<string, string>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

function dtypeOf(data: Values): Entry["dtype"] {
  return data instanceof Float32Array ? "F32" : "F64";
}

function damaged(reason: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("BAD_DATA", `not a whole safetensors file: ${reason}`, { cause });
}
