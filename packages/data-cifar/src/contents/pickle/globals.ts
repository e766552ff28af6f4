// The few functions that a pickle of images may name, done by hand. Nothing of a pickle is ever run.
import { elementType, type NdArray, ndarray } from "../arrays/ndarray.ts";
import { badFile } from "../contents.ts";

/** A name that stands for a function or class of Python's. */
export class Global {
  readonly name: KnownGlobal;

  constructor(name: KnownGlobal) {
    this.name = name;
  }
}

/** NumPy's `dtype`, told in two steps: first what its elements are, then the order of their bytes. */
export class Dtype {
  order = "|";
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

/** NumPy's array, made empty and then given its state. */
export class ArrayShell {
  array: NdArray | undefined;
}

/** A tuple, which Python tells from a list. */
export class Tuple {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

type KnownGlobal = "reconstruct" | "frombuffer" | "ndarray" | "dtype" | "encode" | "bytes";

/** NumPy 2 has moved two of them. Python 3 writes bytes as an encoded text where the protocol knows none. */
const KNOWN: ReadonlyMap<string, KnownGlobal> = new Map([
  ["numpy.core.multiarray _reconstruct", "reconstruct"],
  ["numpy._core.multiarray _reconstruct", "reconstruct"],
  ["numpy.core.numeric _frombuffer", "frombuffer"],
  ["numpy._core.numeric _frombuffer", "frombuffer"],
  ["numpy ndarray", "ndarray"],
  ["numpy dtype", "dtype"],
  ["_codecs encode", "encode"],
  ["__builtin__ bytes", "bytes"],
  ["builtins bytes", "bytes"],
]);

/** Throws `BAD_DATA`, naming it, for any other. */
export function globalNamed(module: string, name: string, file: string, offset: number): Global {
  const known = KNOWN.get(`${module} ${name}`);
  if (known !== undefined) return new Global(known);
  const asked = `${module.slice(0, 80)}.${name.slice(0, 80)}`;
  throw badFile(
    file,
    `the pickle asks for ${JSON.stringify(asked)}; expected numbers, texts, lists, dictionaries and NumPy arrays alone`,
    offset,
    "Nothing of it was run. Whoever wrote the file can save the arrays with numpy.savez instead.",
  );
}

/**
 * What a call of Python's would give. `spend` hears of the bytes that it makes, before it makes them.
 * Throws `BAD_DATA` for arguments of another kind, and what `spend` throws.
 */
export function call(
  callee: unknown,
  args: unknown,
  file: string,
  offset: number,
  spend: (bytes: number) => void,
): unknown {
  const given = args instanceof Tuple ? args.items : [];
  const [first, second, third, fourth] = given;
  const name = callee instanceof Global ? callee.name : undefined;
  if (name === "bytes" && given.length === 0) return new Uint8Array(0);
  if (name === "reconstruct" && first instanceof Global && first.name === "ndarray") return new ArrayShell();
  if (name === "dtype") {
    const code = textOf(first);
    if (code !== undefined) return new Dtype(code);
  }
  if (name === "encode" && typeof first === "string" && second === "latin1") {
    spend(first.length);
    return latin1(first, file, offset);
  }
  if (
    name === "frombuffer" &&
    first instanceof Uint8Array &&
    second instanceof Dtype &&
    third instanceof Tuple
  ) {
    const shell = new ArrayShell();
    shell.array = arrayOf(first, second, third, fourth === "F", file, offset);
    return shell;
  }
  throw badFile(
    file,
    `the pickle calls ${name ?? "what is no function"} with other arguments than NumPy does`,
    offset,
  );
}

/** What `__setstate__` would do. */
export function setState(target: unknown, state: unknown, file: string, offset: number): void {
  const items = state instanceof Tuple ? state.items : [];
  if (target instanceof Dtype) {
    const order = textOf(items[1]);
    // A dtype with fields or of parts isn't of numbers.
    if (order !== undefined && [items[2], items[3], items[4]].every((part) => part === null)) {
      target.order = order;
      return;
    }
  }
  const [, shape, dtype, isFortran, bytes] = items;
  if (
    target instanceof ArrayShell &&
    shape instanceof Tuple &&
    dtype instanceof Dtype &&
    bytes instanceof Uint8Array
  ) {
    target.array = arrayOf(bytes, dtype, shape, isFortran === true || isFortran === 1, file, offset);
    return;
  }
  throw badFile(file, "the pickle gives a state to what is no NumPy array of numbers", offset);
}

function arrayOf(
  bytes: Uint8Array,
  { code, order }: Dtype,
  { items }: Tuple,
  isFortran: boolean,
  file: string,
  offset: number,
): NdArray {
  const shape = items.map((side) => (typeof side === "number" ? side : Number.NaN));
  return ndarray({ type: elementType(order + code, file, offset), shape, isFortran, bytes }, file, offset);
}

function latin1(text: string, file: string, offset: number): Uint8Array {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 255)
      throw badFile(file, "the pickle has bytes that were encoded from no Latin-1 text", offset);
  }
  return Buffer.from(text, "latin1");
}

/** A text is made anew each time that it is asked for, of a key for one: of more bytes than a name has, none is. */
const LONGEST_TEXT = 1024;

/** A text of Python 3, or one of Python 2, which is bytes. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof Uint8Array && value.length <= LONGEST_TEXT
    ? Buffer.from(value).toString("latin1")
    : undefined;
}
