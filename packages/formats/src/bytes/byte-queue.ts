// Bytes that have come and are not read yet, in one piece, without moving them more often than needed.

export class ByteQueue {
  private buffer = new Uint8Array(0);
  private from = 0;
  private to = 0;
  /** How many bytes were taken from it so far: where the next one stands in the whole. */
  position = 0;

  get length(): number {
    return this.to - this.from;
  }

  /** Where the first of them stands in `memory`: until the next `push`. */
  get start(): number {
    return this.from;
  }

  get memory(): Uint8Array {
    return this.buffer;
  }

  push(bytes: Uint8Array): void {
    if (this.length === 0) {
      this.buffer = Uint8Array.from(bytes);
      this.from = 0;
      this.to = bytes.length;
      return;
    }
    const length = this.length + bytes.length;
    if (this.to + bytes.length > this.buffer.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.length));
      grown.set(this.buffer.subarray(this.from, this.to));
      this.buffer = grown;
      this.to -= this.from;
      this.from = 0;
    }
    this.buffer.set(bytes, this.to);
    this.to += bytes.length;
  }

  /** The first `count` bytes, not copied: good until the next `push`. */
  peek(count: number): Uint8Array {
    return this.buffer.subarray(this.from, Math.min(this.from + count, this.to));
  }

  skip(count: number): void {
    const skipped = Math.min(count, this.length);
    this.from += skipped;
    this.position += skipped;
  }
}
