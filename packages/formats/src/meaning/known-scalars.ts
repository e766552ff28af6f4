// What the tags of an event file have come to, so that of millions of scalars only the first of each is looked into.
import type { RecordEntry, ScalarEntry } from "../format.ts";
import type { Point } from "./meant.ts";

export interface KnownScalar {
  /** Of a figure. */
  readonly tag: string | undefined;
  /** Of a learning rate. */
  readonly rate: string | undefined;
  readonly isTrained: boolean;
}

export class KnownScalars {
  private readonly known = new Map<string, KnownScalar>();

  /** By the name in the file. */
  get(name: string): KnownScalar | undefined {
    return this.known.get(name);
  }

  /** `point`: what the entry has come to. */
  learn({ tag: name, step }: ScalarEntry, { x, values, learningRates, machine }: Point): void {
    if (x !== step) return;
    if (values.length + learningRates.length + machine.length !== 1 || machine.length > 0) return;
    const tag = values[0]?.[0];
    const isTrained = tag?.startsWith("train/") === true;
    this.known.set(name, { tag, rate: learningRates[0]?.name, isTrained });
  }
}

export function recordOf({ tag, step, value, time }: ScalarEntry): RecordEntry {
  const fields = [["step", step] as const, [tag, value] as const];
  return { kind: "record", fields, time };
}

const NONE: readonly never[] = [];

/** `of`: how many steps there are in all. */
export function pointOf({ tag, rate }: KnownScalar, entry: ScalarEntry, of: number | undefined): Point {
  const { step, value, time } = entry;
  const values: Point["values"] = tag === undefined ? NONE : [[tag, value]];
  const learningRates = rate === undefined ? NONE : [{ name: rate, value }];
  return { kind: "point", x: step, values, learningRates, machine: NONE, time, of };
}
