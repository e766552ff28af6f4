// Events of one scalar, as SummaryWriter of PyTorch and TensorFlow 1 write them by the million, read without an object for each.
import { TagCache } from "./tag-cache.ts";

/** Keys of the wire format: a field's number times 8, and its wire type. */
const KEY = { wallTime: 0x09, step: 0x10, summary: 0x2a, value: 0x0a, tag: 0x0a, simpleValue: 0x15 } as const;

export class ScalarReader {
  tag = "";
  step = 0;
  value = 0;
  /** Seconds since 1970. */
  wallTime = 0;
  private readonly tags = new TagCache();
  private view: DataView = new DataView(new ArrayBuffer(0));
  private at = 0;

  /**
   * Reads the event that stands in `bytes` from `from` to before `to` into the fields above. Gives whether it is a wall time, a step and a summary
   * of one tag with its simple value, in this order; of any other the fields mean nothing.
   */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    // A wall time has nine bytes, a value five, and what is around them is shorter than 128.
    if (to - from < 20 || bytes[from] !== KEY.wallTime) return false;
    if (this.view.buffer !== bytes.buffer) this.view = new DataView(bytes.buffer);
    this.wallTime = this.view.getFloat64(bytes.byteOffset + from + 1, true);
    this.at = from + 9;
    this.step = bytes[this.at] === KEY.step ? this.varint(bytes) : 0;
    if (this.step < 0 || !this.endsAt(bytes, KEY.summary, to) || !this.endsAt(bytes, KEY.value, to))
      return false;
    const length = bytes[this.at + 1] ?? 0;
    const start = this.at + 2;
    const end = start + length;
    if (bytes[this.at] !== KEY.tag || length > 127 || end + 5 !== to || bytes[end] !== KEY.simpleValue)
      return false;
    this.tag = this.tags.textOf(bytes, start, end);
    this.value = this.view.getFloat32(bytes.byteOffset + end + 1, true);
    return true;
  }

  /** After the key; -1 where it has more than six bytes, as a negative one has. */
  private varint(bytes: Uint8Array): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 6; count++) {
      const byte = bytes[++this.at] ?? 0;
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) {
        this.at++;
        return value;
      }
    }
    return -1;
  }

  /** Whether a message of less than 128 bytes begins here that ends where all ends. */
  private endsAt(bytes: Uint8Array, key: number, to: number): boolean {
    const length = bytes[this.at + 1] ?? 0xff;
    if (bytes[this.at] !== key || length > 127 || this.at + 2 + length !== to) return false;
    this.at += 2;
    return true;
  }
}
