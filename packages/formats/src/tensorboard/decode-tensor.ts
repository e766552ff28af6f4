// tensorflow.TensorProto (tensorflow/core/framework/tensor.proto), as far as summaries use it.
import type { MessageReader } from "../protobuf/message-reader.ts";

const TENSOR = {
  dtype: 1,
  shape: 2,
  content: 4,
  floats: 5,
  doubles: 6,
  ints: 7,
  strings: 8,
  longs: 10,
  bools: 11,
  halves: 13,
} as const;
const SHAPE = { dimension: 2 } as const;
const DIMENSION = { size: 1 } as const;

export interface Tensor {
  /** Sizes; a scalar has none. */
  readonly shape: readonly number[];
  /** In row-major order; none of a tensor of strings. */
  readonly numbers: readonly number[];
  readonly strings: readonly Uint8Array[];
}

/** What a tensor of a summary holds at the most: larger ones are data, and read as empty. */
const MOST_NUMBERS = 1 << 20;

type NumberType = "float" | "double" | "int32" | "int64" | "half" | "bfloat16" | "bool";

const DATA_TYPES: ReadonlyMap<number, { readonly type: NumberType; readonly bytes: number }> = new Map([
  [1, { type: "float", bytes: 4 }],
  [2, { type: "double", bytes: 8 }],
  [3, { type: "int32", bytes: 4 }],
  [9, { type: "int64", bytes: 8 }],
  [10, { type: "bool", bytes: 1 }],
  [14, { type: "bfloat16", bytes: 2 }],
  [19, { type: "half", bytes: 2 }],
]);

export function decodeTensor(message: MessageReader): Tensor {
  let dtype = 0;
  let shape: readonly number[] = [];
  let content: Uint8Array = new Uint8Array(0);
  const numbers: number[] = [];
  const strings: Uint8Array[] = [];
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === TENSOR.dtype) dtype = message.varint();
    else if (field === TENSOR.shape) shape = decodeShape(message.message());
    else if (field === TENSOR.content) content = message.lengthDelimited();
    else if (field === TENSOR.floats) append(numbers, message.numbers("float"));
    else if (field === TENSOR.doubles) append(numbers, message.numbers("double"));
    else if (field === TENSOR.ints || field === TENSOR.longs || field === TENSOR.bools) {
      append(numbers, message.numbers("int"));
    } else if (field === TENSOR.halves) {
      // Sixteen bits each, as whole numbers.
      append(
        numbers,
        message.numbers("int").map(DATA_TYPES.get(dtype)?.type === "bfloat16" ? fromBfloat16 : fromHalf),
      );
    } else if (field === TENSOR.strings) strings.push(message.lengthDelimited().slice());
    else message.skip();
  }
  return { shape, numbers: content.length > 0 ? numbersIn(content, dtype) : numbers, strings };
}

function append(numbers: number[], more: readonly number[]): void {
  for (const number of more.slice(0, MOST_NUMBERS - numbers.length)) numbers.push(number);
}

function decodeShape(message: MessageReader): readonly number[] {
  const sizes: number[] = [];
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === SHAPE.dimension) sizes.push(decodeDimension(message.message()));
    else message.skip();
  }
  return sizes;
}

function decodeDimension(message: MessageReader): number {
  let size = 0;
  for (let field = message.next(); field !== 0; field = message.next()) {
    if (field === DIMENSION.size) size = message.int();
    else message.skip();
  }
  return size;
}

/** Raw numbers, little-endian. */
function numbersIn(content: Uint8Array, dtype: number): readonly number[] {
  const known = DATA_TYPES.get(dtype);
  if (known === undefined) return [];
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const length = Math.min(Math.floor(content.length / known.bytes), MOST_NUMBERS);
  return Array.from({ length }, (_, index) => numberAt(view, index * known.bytes, known.type));
}

function numberAt(view: DataView, at: number, type: NumberType): number {
  switch (type) {
    case "float":
      return view.getFloat32(at, true);
    case "double":
      return view.getFloat64(at, true);
    case "int32":
      return view.getInt32(at, true);
    case "int64":
      return Number(view.getBigInt64(at, true));
    case "bool":
      return view.getUint8(at);
    case "half":
      return fromHalf(view.getUint16(at, true));
    case "bfloat16":
      return fromBfloat16(view.getUint16(at, true));
  }
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function fromBfloat16(bits: number): number {
  return new Float32Array(Uint32Array.of(bits * 2 ** 16).buffer)[0] as number;
}
