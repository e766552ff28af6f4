// Reads Python's pickles, protocols 2 to 5, as data: a stack machine that knows numbers, texts, bytes, lists, tuples,
// dictionaries and NumPy's arrays, and runs nothing. Source of the opcodes: Lib/pickletools.py of CPython.

import { grouped } from "../../format.ts";
import { badFile } from "../contents.ts";
import { call, globalNamed, setState, Tuple, textOf } from "./globals.ts";

/** So many opcodes are followed. CIFAR-100's training file has a quarter of a million. */
const MOST_STEPS = 2_000_000;

/** Where protocol 2 has bytes, Python 3 writes them as a text. */
const MOST_TEXT = 2 ** 28;

/** `bytes` of Python as `Uint8Array`, views of the file's; texts of Python 2 too; arrays as `ArrayShell`. Throws `BAD_DATA`. */
export function unpickle(bytes: Uint8Array, file: string): unknown {
  return new Unpickler(bytes, file).run();
}

type Step = (machine: Unpickler) => void;

class Unpickler {
  private readonly view: DataView;
  /** Where the next byte is read. */
  private next = 0;
  /** Where the opcode is that is being followed. */
  private at = 0;
  private stack: unknown[] = [];
  /** Stacks below marks. */
  private readonly below: unknown[][] = [];
  private readonly memo = new Map<number, unknown>();
  /** So many bytes may still be encoded of texts: Python encodes a text once, so they are no more than the file has. */
  private left: number;

  private readonly bytes: Uint8Array;
  private readonly file: string;

  constructor(bytes: Uint8Array, file: string) {
    this.bytes = bytes;
    this.file = file;
    this.left = bytes.length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): unknown {
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      this.at = this.next;
      const code = this.uint8();
      if (code === STOP) return this.pop();
      const step = STEPS.get(code);
      if (step === undefined) {
        const found = `0x${code.toString(16).padStart(2, "0")}`;
        throw this.bad(`the pickle has the opcode ${found}, which files of images don't need`);
      }
      step(this);
    }
    throw this.bad(`the pickle goes on after ${grouped(MOST_STEPS)} steps`);
  }

  bad(problem: string): Error {
    return badFile(this.file, problem, this.at);
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length === 0) throw this.bad("the pickle takes a value where there is none");
    return this.stack.pop();
  }

  top(): unknown {
    const value = this.pop();
    this.push(value);
    return value;
  }

  mark(): void {
    this.below.push(this.stack);
    this.stack = [];
  }

  /** All since the last mark. */
  popMark(): unknown[] {
    const items = this.stack;
    const below = this.below.pop();
    if (below === undefined) throw this.bad("the pickle closes what it has not opened");
    this.stack = below;
    return items;
  }

  list(): unknown[] {
    const list = this.top();
    if (!Array.isArray(list)) throw this.bad("the pickle appends to what is no list");
    return list;
  }

  set(pairs: readonly unknown[]): void {
    const map = this.top();
    if (!(map instanceof Map) || pairs.length % 2 !== 0)
      throw this.bad("the pickle sets an item of what is no dictionary");
    for (let i = 0; i < pairs.length; i += 2) map.set(textOf(pairs[i]) ?? pairs[i], pairs[i + 1]);
  }

  remember(key: number): void {
    this.memo.set(key, this.top());
  }

  memoize(): void {
    this.remember(this.memo.size);
  }

  recall(key: number): void {
    if (!this.memo.has(key)) throw this.bad(`the pickle recalls value ${key}, which it has not kept`);
    this.push(this.memo.get(key));
  }

  global(module: unknown, name: unknown): void {
    if (typeof module !== "string" || typeof name !== "string")
      throw this.bad("the pickle names a global by what is no text");
    this.push(globalNamed(module, name, this.file, this.at));
  }

  reduce(): void {
    const args = this.pop();
    this.push(call(this.pop(), args, this.file, this.at, (bytes) => this.spend(bytes)));
  }

  private spend(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) throw this.bad("the pickle encodes its texts to more bytes than it has itself");
  }

  build(): void {
    const state = this.pop();
    setState(this.top(), state, this.file, this.at);
  }

  /** A view of the next bytes. */
  take(count: number): Uint8Array {
    const end = this.next + count;
    if (end > this.bytes.length) {
      const left = grouped(this.bytes.length - this.next);
      throw this.bad(`the pickle ends here: ${left} bytes are left; expected ${grouped(count)}`);
    }
    const taken = this.bytes.subarray(this.next, end);
    this.next = end;
    return taken;
  }

  private skip(count: number): number {
    const start = this.next;
    this.take(count);
    return start;
  }

  uint8 = (): number => this.view.getUint8(this.skip(1));
  uint16 = (): number => this.view.getUint16(this.skip(2), true);
  uint32 = (): number => this.view.getUint32(this.skip(4), true);
  int32 = (): number => this.view.getInt32(this.skip(4), true);
  float64 = (): number => this.view.getFloat64(this.skip(8), false);

  uint64(): number {
    const value = this.view.getBigUint64(this.skip(8), true);
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
  }

  /** Two's complement of `count` bytes, the lowest first. */
  long(count: number): number {
    if (count > 8) throw this.bad(`the pickle has an integer of ${grouped(count)} bytes; expected at most 8`);
    const bytes = this.take(count);
    let value = 0n;
    for (const [i, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * i);
    return Number(BigInt.asIntN(8 * count, value));
  }

  line(): string {
    const end = this.bytes.subarray(this.next, this.next + 256).indexOf(10);
    if (end < 0) throw this.bad("the pickle names a global of more than 255 bytes");
    return Buffer.from(this.take(end + 1).subarray(0, end)).toString("latin1");
  }

  text(count: number): string {
    if (count > MOST_TEXT)
      throw this.bad(
        `the pickle has a text of ${grouped(count)} bytes; expected at most ${grouped(MOST_TEXT)}`,
      );
    return Buffer.from(this.take(count)).toString("utf8");
  }
}

const STOP = 0x2e;

const tuple =
  (count: number): Step =>
  (machine) => {
    const items = Array.from({ length: count }, () => machine.pop()).reverse();
    machine.push(new Tuple(items));
  };

const STEPS: ReadonlyMap<number, Step> = new Map<number, Step>([
  // PROTO, FRAME: nothing depends on them here.
  [0x80, (m) => requireProtocol(m)],
  [0x95, (m) => void m.uint64()],
  // MARK, POP, POP_MARK
  [0x28, (m) => m.mark()],
  [0x30, (m) => void m.pop()],
  [0x31, (m) => void m.popMark()],
  // NONE, NEWTRUE, NEWFALSE
  [0x4e, (m) => m.push(null)],
  [0x88, (m) => m.push(true)],
  [0x89, (m) => m.push(false)],
  // BININT, BININT1, BININT2, LONG1, LONG4, BINFLOAT
  [0x4a, (m) => m.push(m.int32())],
  [0x4b, (m) => m.push(m.uint8())],
  [0x4d, (m) => m.push(m.uint16())],
  [0x8a, (m) => m.push(m.long(m.uint8()))],
  [0x8b, (m) => m.push(m.long(m.uint32()))],
  [0x47, (m) => m.push(m.float64())],
  // Texts of Python 2: BINSTRING, SHORT_BINSTRING
  [0x54, (m) => m.push(m.take(m.uint32()))],
  [0x55, (m) => m.push(m.take(m.uint8()))],
  // BINBYTES, SHORT_BINBYTES, BINBYTES8, BYTEARRAY8
  [0x42, (m) => m.push(m.take(m.uint32()))],
  [0x43, (m) => m.push(m.take(m.uint8()))],
  [0x8e, (m) => m.push(m.take(m.uint64()))],
  [0x96, (m) => m.push(m.take(m.uint64()))],
  // BINUNICODE, SHORT_BINUNICODE, BINUNICODE8
  [0x58, (m) => m.push(m.text(m.uint32()))],
  [0x8c, (m) => m.push(m.text(m.uint8()))],
  [0x8d, (m) => m.push(m.text(m.uint64()))],
  // EMPTY_LIST, APPEND, APPENDS, LIST
  [0x5d, (m) => m.push([])],
  [
    0x61,
    (m) => {
      const item = m.pop();
      m.list().push(item);
    },
  ],
  [
    0x65,
    (m) => {
      const items = m.popMark();
      const list = m.list();
      for (const item of items) list.push(item);
    },
  ],
  [0x6c, (m) => m.push(m.popMark())],
  // EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3, TUPLE
  [0x29, tuple(0)],
  [0x85, tuple(1)],
  [0x86, tuple(2)],
  [0x87, tuple(3)],
  [0x74, (m) => m.push(new Tuple(m.popMark()))],
  // EMPTY_DICT, SETITEM, SETITEMS
  [0x7d, (m) => m.push(new Map())],
  [
    0x73,
    (m) => {
      const value = m.pop();
      m.set([m.pop(), value]);
    },
  ],
  [0x75, (m) => m.set(m.popMark())],
  // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
  [0x71, (m) => m.remember(m.uint8())],
  [0x72, (m) => m.remember(m.uint32())],
  [0x94, (m) => m.memoize()],
  [0x68, (m) => m.recall(m.uint8())],
  [0x6a, (m) => m.recall(m.uint32())],
  // GLOBAL, STACK_GLOBAL, REDUCE, BUILD
  [
    0x63,
    (m) => {
      const module = m.line();
      m.global(module, m.line());
    },
  ],
  [
    0x93,
    (m) => {
      const name = m.pop();
      m.global(m.pop(), name);
    },
  ],
  [0x52, (m) => m.reduce()],
  [0x62, (m) => m.build()],
]);

function requireProtocol(machine: Unpickler): void {
  const protocol = machine.uint8();
  if (protocol >= 2 && protocol <= 5) return;
  throw machine.bad(`the pickle is of protocol ${protocol}; expected 2 to 5`);
}
