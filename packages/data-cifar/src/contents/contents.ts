// What one file of a data set holds, whatever its format: images with their labels, or the names of classes.
import type { ImageShape, Split } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { describeValue } from "@trainscope/core/text";
import { grouped } from "../format.ts";

/** Which labels are learned where a data set has two: CIFAR-100's 100 classes, or its 20 superclasses. */
export type LabelKind = "fine" | "coarse";

/** A label a byte of each image. Only CIFAR-100 has coarse ones. */
export interface Labels {
  readonly fine: Uint8Array;
  readonly coarse?: Uint8Array;
}

/** Images of one split. */
export interface ImageBatch {
  readonly kind: "images";
  /** For messages. */
  readonly file: string;
  /** What names tell; `undefined` where they tell nothing. */
  readonly split: Split | undefined;
  readonly shape: ImageShape;
  /** `n x inputs`, plane by plane. */
  readonly images: Uint8Array;
  readonly labels: Labels;
}

/** Class `k` has name `k`. */
export interface ClassNames {
  readonly kind: "names";
  readonly file: string;
  readonly of: LabelKind;
  readonly names: readonly string[];
}

export type Contents = ImageBatch | ClassNames;

/** A label is a byte. */
export const MOST_CLASSES = 256;

/** Something wrong with a file; `offset` is where in it, in bytes. */
export function badFile(file: string, problem: string, offset?: number, hint?: string): TrainscopeError {
  const place = offset === undefined ? file : `${file}, at byte ${grouped(offset)}`;
  return new TrainscopeError("BAD_DATA", `${place}: ${problem}`, {
    hint: hint ?? "Put the file in its place anew, or name other data.",
  });
}

/** Labels as bytes. Throws `BAD_DATA` where one is no class, or there would be too many. */
export function labelBytes(labels: ArrayLike<unknown>, file: string): Uint8Array {
  const bytes = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (typeof label !== "number" || !Number.isSafeInteger(label) || label < 0) {
      throw badFile(
        file,
        `label ${grouped(i)} is ${describeValue(label)}; expected a whole number of at least 0`,
      );
    }
    if (label >= MOST_CLASSES) throw tooManyClasses(file, label + 1);
    bytes[i] = label;
  }
  return bytes;
}

export function tooManyClasses(file: string, classes: number): TrainscopeError {
  return badFile(
    file,
    `it has ${grouped(classes)} classes; expected at most ${MOST_CLASSES}: a label is kept in one byte`,
    undefined,
    "Train on fewer classes, or on groups of them.",
  );
}

const SPLIT_WORDS: readonly (readonly [Split, readonly string[]])[] = [
  ["test", ["test", "testing", "holdout"]],
  ["validation", ["val", "valid", "validation", "dev", "eval", "evaluation"]],
  ["train", ["train", "training"]],
];

/** The split that a file's or an array's name tells of: a word of the path, the last that does. */
export function splitNamed(name: string): Split | undefined {
  const words = name
    .toLowerCase()
    .split(/[^a-z]+/)
    .toReversed();
  for (const word of words) {
    for (const [split, names] of SPLIT_WORDS) if (names.includes(word)) return split;
  }
  return undefined;
}
