// The framing of TFRecord files: eight bytes of length, their checksum, the data, their checksum. Where bytes are damaged the
// next place is looked for whose length has the right checksum.
import { ByteQueue } from "../bytes/byte-queue.ts";
import { maskedCrc32c } from "../bytes/crc32c.ts";

const HEADER = 12;
const FOOTER = 4;

/** A longer record, as of a graph with its weights, is passed over without being kept. */
const LONGEST_KEPT = 1 << 26;

export interface RecordReceiver {
  /** Its data, not copied and good for the time of the call, and where they begin. */
  record(data: Uint8Array, at: number): void;
  /** Bytes that are no records, as an interval in the whole. */
  damaged(from: number, to: number): void;
}

export class RecordReader {
  private readonly receiver: RecordReceiver;
  private readonly queue = new ByteQueue();
  /** What is left of a record that is passed over. */
  private passing = 0;
  /** Where damage begins that has not come to its end. */
  private damageFrom: number | undefined;

  constructor(receiver: RecordReceiver) {
    this.receiver = receiver;
  }

  push(bytes: Uint8Array): void {
    this.queue.push(bytes);
    while (this.step()) {}
  }

  /** Gives whether a record was broken off. */
  end(): boolean {
    const isTorn = this.queue.length > 0 || this.passing > 0;
    if (this.damageFrom !== undefined) {
      this.endDamage(this.queue.position + this.queue.length);
      return false;
    }
    return isTorn;
  }

  /** Takes the next record, or the next byte of what is none; gives whether there may be more. */
  private step(): boolean {
    const { queue } = this;
    if (this.passing > 0) {
      const count = Math.min(this.passing, queue.length);
      queue.skip(count);
      this.passing -= count;
      return this.passing === 0 && queue.length > 0;
    }
    if (queue.length < HEADER) return false;
    const header = queue.peek(HEADER);
    const length = recordLength(header);
    if (length === undefined) {
      this.damageFrom ??= queue.position;
      queue.skip(1);
      return true;
    }
    if (length > LONGEST_KEPT) {
      this.endDamage(queue.position);
      this.passing = HEADER + length + FOOTER;
      return true;
    }
    if (queue.length < HEADER + length + FOOTER) return false;
    this.endDamage(queue.position);
    const data = queue.peek(HEADER + length + FOOTER).subarray(HEADER);
    const stored = readUint32(data, length);
    const content = data.subarray(0, length);
    const start = queue.position;
    queue.skip(HEADER + length + FOOTER);
    if (maskedCrc32c(content) === stored) this.receiver.record(content, start + HEADER);
    else this.receiver.damaged(start, queue.position);
    return true;
  }

  private endDamage(at: number): void {
    if (this.damageFrom === undefined) return;
    this.receiver.damaged(this.damageFrom, at);
    this.damageFrom = undefined;
  }
}

/** Of a record that begins with these bytes; `undefined` where none does. */
export function recordLength(header: Uint8Array): number | undefined {
  if (header.length < HEADER) return undefined;
  const high = readUint32(header, 4);
  // No file has records of 2^53 bytes: such a length is damage that happens to look right.
  if (high >= 1 << 21 || maskedCrc32c(header.subarray(0, 8)) !== readUint32(header, 8)) return undefined;
  return high * 2 ** 32 + readUint32(header, 0);
}

/** A record as it stands in a file. */
export function frameRecord(data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(HEADER + data.length + FOOTER);
  const view = new DataView(framed.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(framed.subarray(0, 8)), true);
  framed.set(data, HEADER);
  view.setUint32(HEADER + data.length, maskedCrc32c(data), true);
  return framed;
}

function readUint32(bytes: Uint8Array, at: number): number {
  const byte = (offset: number): number => bytes[at + offset] ?? 0;
  return (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) >>> 0;
}
