// Protocol Buffers' wire format (https://protobuf.dev/programming-guides/encoding): a message is read field by field.

const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const utf8 = new TextDecoder();

/** Throws `RangeError` where the bytes are no message. */
export class MessageReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;
  private wire = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The number of the next field; 0 at the end. Its value is then to be read, or skipped. */
  next(): number {
    if (this.at >= this.bytes.length) return 0;
    const key = this.varint();
    this.wire = key % 8;
    return Math.floor(key / 8);
  }

  /** An unsigned number; exact up to 2^53. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError("a number breaks off");
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
    return new MessageReader(this.lengthDelimited());
  }

  string(): string {
    return utf8.decode(this.lengthDelimited());
  }

  /** Of a repeated field the numbers of this occurrence: packed as they mostly are, or one by itself. */
  numbers(kind: "float" | "double" | "int"): number[] {
    if (this.wire !== WIRE.bytes) return [this[kind]()];
    const packed = this.message();
    const values: number[] = [];
    while (packed.at < packed.bytes.length) values.push(packed[kind]());
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
    if (length > this.bytes.length - start) throw new RangeError("a field breaks off");
    this.at = start + length;
    return start;
  }
}
