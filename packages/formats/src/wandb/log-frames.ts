// The framing of a .wandb file: seven bytes of header, then LevelDB's log format with a plain CRC-32.
// https://github.com/google/leveldb/blob/main/doc/log_format.md
import { crc32 } from "node:zlib";
import { ByteQueue } from "../bytes/byte-queue.ts";
import { joined } from "../bytes/joined.ts";

const BLOCK = 32_768;
const HEADER = 7;
const FULL = 1;
const FIRST = 2;
const LAST = 4;
/** Longer records are files or tables rather than figures. */
const LONGEST_RECORD = 1 << 26;

/** `:W&B`, then a magic number and a version. */
const IDENTITY = [0x3a, 0x57, 0x26, 0x42];

export interface FrameReceiver {
  record(data: Uint8Array): void;
  /** Bytes that are no records, as an interval in the whole. */
  damaged(from: number, to: number): void;
}

export function isWandb(head: Uint8Array): boolean {
  return IDENTITY.every((byte, index) => head[index] === byte);
}

/** Splits a file that comes in pieces into its records. After damage it goes on with the next block. */
export class LogFrames {
  private readonly queue = new ByteQueue();
  private readonly receiver: FrameReceiver;
  /** The parts of a record that is not whole yet. */
  private parts: Uint8Array[] = [];
  private length = 0;

  constructor(receiver: FrameReceiver) {
    this.receiver = receiver;
  }

  push(bytes: Uint8Array): void {
    this.queue.push(bytes);
    while (this.step()) {}
  }

  /** Takes the next fragment, or padding; gives whether there may be more. */
  private step(): boolean {
    const { queue } = this;
    // The file's header counts as a part of the first block.
    if (queue.position === 0) return this.skip(HEADER);
    const left = BLOCK - (queue.position % BLOCK);
    if (left < HEADER) return this.skip(left);
    if (queue.length < HEADER) return false;
    const header = queue.peek(HEADER);
    const view = new DataView(header.buffer, header.byteOffset, HEADER);
    const [checksum, length, type] = [view.getUint32(0, true), view.getUint16(4, true), view.getUint8(6)];
    if (type < FULL || type > LAST || HEADER + length > left) return this.skipBlock(left);
    if (queue.length < HEADER + length) return false;
    const fragment = queue.peek(HEADER + length).slice(HEADER - 1);
    // The type is a part of what is checked.
    if (crc32(fragment) !== checksum) return this.skipBlock(left);
    queue.skip(HEADER + length);
    this.take(type, fragment.subarray(1));
    return true;
  }

  private take(type: number, data: Uint8Array): void {
    if (type === FULL || type === FIRST) {
      this.parts = [];
      this.length = 0;
    } else if (this.parts.length === 0) return;
    this.length += data.length;
    if (this.length <= LONGEST_RECORD) this.parts.push(data);
    if (type !== FULL && type !== LAST) return;
    const whole = joined(this.length <= LONGEST_RECORD ? this.parts : []);
    this.parts = [];
    if (whole.length > 0) this.receiver.record(whole);
  }

  private skip(count: number): boolean {
    if (this.queue.length < count) return false;
    this.queue.skip(count);
    return true;
  }

  /** Zeroes at a block's end are what is not written yet or padding; anything else is damage. */
  private skipBlock(left: number): boolean {
    if (this.queue.length < left) return false;
    const from = this.queue.position;
    const isEmpty = this.queue.peek(left).every((byte) => byte === 0);
    this.queue.skip(left);
    this.parts = [];
    if (!isEmpty) this.receiver.damaged(from, from + left);
    return true;
  }
}
