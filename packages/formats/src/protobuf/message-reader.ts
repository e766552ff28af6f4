// Protocol Buffers' wire format (https://protobuf.dev/programming-guides/encoding): a message is read field by field.

const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const utf8 = new TextDecoder();
const SHORT = 40;

/** Throws `RangeError` where the bytes are no message. */
export class MessageReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly end: number;
  private at: number;
  private wire = 0;

  /** `view`, `at` and `end`: of a message within another, which share their memory. */
  constructor(bytes: Uint8Array, view?: DataView, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.view = view ?? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.end = end;
  }

  /** The number of the next field; 0 at the end. Its value is then to be read, or skipped. */
  next(): number {
    if (this.at >= this.end) return 0;
    const key = this.varint();
    this.wire = key % 8;
    return Math.floor(key / 8);
  }

  /** An unsigned number; exact up to 2^53. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      if (this.at >= this.end) throw new RangeError("a number breaks off");
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new RangeError("a number has more than ten bytes");
  }

  /** A signed number (`int32`, `int64`); exact within 2^53. */
  int(): number {
    const start = this.at;
    const value = this.varint();
    if (this.at - start < 10) return value;
    // Ten bytes hold a negative number in two's complement.
    let exact = 0n;
    for (let at = this.at - 1; at >= start; at--) exact = (exact << 7n) | BigInt((this.bytes[at] ?? 0) & 0x7f);
    return Number(BigInt.asIntN(64, exact));
  }

  float(): number {
    return this.view.getFloat32(this.skipTo(4), true);
  }

  double(): number {
    return this.view.getFloat64(this.skipTo(8), true);
  }

  /** Not copied. */
  lengthDelimited(): Uint8Array {
    const length = this.varint();
    const start = this.skipTo(length);
    return this.bytes.subarray(start, start + length);
  }

  message(): MessageReader {
    const length = this.varint();
    const start = this.skipTo(length);
    return new MessageReader(this.bytes, this.view, start, start + length);
  }

  string(): string {
    const bytes = this.lengthDelimited();
    if (bytes.length > SHORT) return utf8.decode(bytes);
    // Most are tags, for which the decoder's start takes longer than its work.
    let text = "";
    for (const byte of bytes) {
      if (byte > 0x7f) return utf8.decode(bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Of a repeated field the numbers of this occurrence: packed as they mostly are, or one by itself. */
  numbers(kind: "float" | "double" | "int"): number[] {
    if (this.wire !== WIRE.bytes) return [this[kind]()];
    const packed = this.message();
    const values: number[] = [];
    while (packed.at < packed.end) values.push(packed[kind]());
    return values;
  }

  skip(): void {
    if (this.wire === WIRE.varint) this.varint();
    else if (this.wire === WIRE.fixed64) this.skipTo(8);
    else if (this.wire === WIRE.fixed32) this.skipTo(4);
    else if (this.wire === WIRE.bytes) this.lengthDelimited();
    else throw new RangeError(`a field has the wire type ${this.wire}; expected 0, 1, 2 or 5`);
  }

  /** Passes over so many bytes; gives where they begin. */
  private skipTo(length: number): number {
    const start = this.at;
    if (length > this.end - start) throw new RangeError("a field breaks off");
    this.at = start + length;
    return start;
  }
}
