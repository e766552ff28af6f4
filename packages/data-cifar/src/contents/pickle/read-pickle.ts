// The Python version of CIFAR-10 and CIFAR-100: a dictionary as Python 2 or 3 has pickled it.
import { contentsOf, type Field, READ_FIELDS } from "../batch-fields.ts";
import { badFile, type Contents } from "../contents.ts";
import { ArrayShell, Tuple, textOf } from "./globals.ts";
import { unpickle } from "./unpickle.ts";

/** Whether the bytes begin as a pickle of protocol 2 or later does. */
export function isPickle(bytes: Uint8Array): boolean {
  const [first, protocol = 0] = bytes;
  return first === 0x80 && protocol >= 2 && protocol <= 5;
}

/** Throws `BAD_DATA` where it isn't such a dictionary, or asks for anything to be run. */
export function readPickle(bytes: Uint8Array, file: string): readonly Contents[] {
  const value = unpickle(bytes, file);
  if (!(value instanceof Map)) throw badFile(file, "the pickle holds no dictionary");
  const fields = new Map<string, Field>();
  for (const key of READ_FIELDS) {
    const field = fieldOf(value.get(key));
    if (field !== undefined) fields.set(key, field);
  }
  return contentsOf(fields, file);
}

/** Labels are more, and a value may be in a list any number of times: so many texts are made of bytes. */
const MOST_TEXTS = 1000;

function fieldOf(value: unknown): Field | undefined {
  if (value instanceof ArrayShell) return value.array;
  const items = value instanceof Tuple ? value.items : value;
  if (Array.isArray(items))
    return items.length > MOST_TEXTS ? items : items.map((item) => textOf(item) ?? item);
  return textOf(value);
}
