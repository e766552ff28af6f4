// Protocol Buffers' wire format (https://protobuf.dev/programming-guides/encoding): a message is put together field by field.

import { joined } from "../bytes/joined.ts";

const utf8 = new TextEncoder();

export class MessageWriter {
  private readonly parts: Uint8Array[] = [];

  /** A whole number from 0 to 2^53. */
  varint(field: number, value: number): this {
    return this.key(field, 0).push(varintBytes(value));
  }

  /** A whole number within 2^53, negative ones in two's complement. */
  int(field: number, value: number): this {
    if (value >= 0) return this.varint(field, value);
    const bytes = new Uint8Array(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    for (let at = 0; at < 10; at++) {
      bytes[at] = Number(rest & 0x7fn) | (at < 9 ? 0x80 : 0);
      rest >>= 7n;
    }
    return this.key(field, 0).push(bytes);
  }

  float(field: number, value: number): this {
    return this.key(field, 5).push(new Uint8Array(Float32Array.of(value).buffer));
  }

  double(field: number, value: number): this {
    return this.key(field, 1).push(new Uint8Array(Float64Array.of(value).buffer));
  }

  doubles(field: number, values: readonly number[]): this {
    return this.bytes(field, new Uint8Array(Float64Array.from(values).buffer));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.key(field, 2).push(varintBytes(value.length)).push(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value));
  }

  message(field: number, value: MessageWriter): this {
    return this.bytes(field, value.finish());
  }

  finish(): Uint8Array {
    return joined(this.parts);
  }

  private key(field: number, wire: number): this {
    return this.push(varintBytes(field * 8 + wire));
  }

  private push(bytes: Uint8Array): this {
    this.parts.push(bytes);
    return this;
  }
}

function varintBytes(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
