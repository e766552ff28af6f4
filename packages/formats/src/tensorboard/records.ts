// The framing of TFRecord files: eight bytes of length, their checksum, the data, their checksum. Where bytes are damaged the
// next place is looked for whose length has the right checksum.
import { ByteQueue } from "../bytes/byte-queue.ts";
import { maskedCrc32c } from "../bytes/crc32c.ts";

const HEADER = 12;
const FOOTER = 4;

/** A longer record, as of a graph with its weights, is passed over without being kept. */
const LONGEST_KEPT = 1 << 26;

export interface RecordReceiver {
  /** Its data stand in `bytes` from `from` to before `to`, for the time of the call; `at`: where they begin in the whole. */
  record(bytes: Uint8Array, from: number, to: number, at: number): void;
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
    const length = recordLength(queue.memory, queue.start);
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
    const { memory, position } = queue;
    const from = queue.start + HEADER;
    const to = from + length;
    queue.skip(HEADER + length + FOOTER);
    if (maskedCrc32c(memory, from, to) === readUint32(memory, to)) {
      this.receiver.record(memory, from, to, position + HEADER);
    } else this.receiver.damaged(position, queue.position);
    return true;
  }

  private endDamage(at: number): void {
    if (this.damageFrom === undefined) return;
    this.receiver.damaged(this.damageFrom, at);
    this.damageFrom = undefined;
  }
}

/** Of a record that begins at `at`; `undefined` where none does. */
export function recordLength(bytes: Uint8Array, at = 0): number | undefined {
  if (bytes.length < at + HEADER) return undefined;
  const high = readUint32(bytes, at + 4);
  // No file has records of 2^53 bytes: such a length is damage that happens to look right.
  if (high >= 1 << 21 || maskedCrc32c(bytes, at, at + 8) !== readUint32(bytes, at + 8)) return undefined;
  return high * 2 ** 32 + readUint32(bytes, at);
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
