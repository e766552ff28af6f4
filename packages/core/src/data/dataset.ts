// The shape of data that the trainer takes: plain objects and byte arrays, from whatever source.

import { requireArgument, TrainscopeError } from "../errors.ts";
import { describeValue } from "../text/describe-value.ts";

/** All of them, in the order in which they are told. */
export const SPLITS = ["train", "validation", "test"] as const;

/** Which of a data set's parts. */
export type Split = (typeof SPLITS)[number];

/** Of one image. An image is stored plane by plane. */
export interface ImageShape {
  readonly width: number;
  readonly height: number;
  /** 3 for RGB. An image is stored plane by plane: all red values, then green, then blue. */
  readonly channels: number;
}

/** The images of one split with their labels. */
export interface LabelledImages {
  /** `n x inputs`, one image a row, values 0 to 255. */
  readonly images: Uint8Array;
  /** `n`, each below the number of classes. */
  readonly labels: Uint8Array;
}

/** What is standardised: bytes, 0 to 255, as images have them, or numbers of any size. */
export type InputValues = Uint8Array | Float32Array | Float64Array;

/** What an engine reads of one split: images, or features in their place. */
export interface LabelledRows {
  /** `n x inputs`, one image, or one row of features, after the other. */
  readonly images: InputValues;
  /** `n`, each below the number of classes. */
  readonly labels: Uint8Array;
}

/** Images with their labels in three splits, of which validation and test may be empty. */
export interface Dataset {
  /** Shown wherever a result is shown, e.g. "CIFAR-10 (data_batch_1)". */
  readonly name: string;
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
  readonly test: LabelledImages;
}

/** A dataset that may lack what isn't trained on: validation and test count as empty where they are left out. */
export type DatasetInput = Omit<Dataset, "validation" | "test"> & Partial<Pick<Dataset, "validation" | "test">>;

/** What a run trains on, whole and checked: a `Dataset`, or one whose images are features. */
export type TrainingData = Omit<Dataset, Split> & Readonly<Record<Split, LabelledRows>>;

/** Values in one image: `width x height x channels`. */
export function inputCount(shape: ImageShape): number {
  requireArgument("inputCount", "shape", shape, "an object");
  return shape.width * shape.height * shape.channels;
}

export const DATASET_FIELDS: readonly string[] = ["name", "classNames", "shape", ...SPLITS];
const SIDES = ["width", "height", "channels"] as const;

/** A label is a byte. */
const MOST_CLASSES = 256;

/** Nothing to look at. */
const EMPTY: LabelledImages = { images: new Uint8Array(0), labels: new Uint8Array(0) };

/** With every split. Throws what `checkDataset` throws. */
export function completeDataset(input: DatasetInput): Dataset {
  requireObject("the dataset", input);
  const dataset = { ...input, validation: input.validation ?? EMPTY, test: input.test ?? EMPTY };
  checkDataset(dataset);
  const [train, validation, test] = SPLITS.map((split) => plainArrays(dataset[split])) as SplitArrays;
  return { ...dataset, train, validation, test };
}

type SplitArrays = [LabelledImages, LabelledImages, LabelledImages];

/** Views of the same bytes by the plain class: a Node.js Buffer is a Uint8Array whose `slice` doesn't copy. */
function plainArrays({ images, labels }: LabelledImages): LabelledImages {
  return { images: plainArray(images), labels: plainArray(labels) };
}

function plainArray(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Throws `BAD_DATA` where a part is missing or of another kind, a split's arrays don't fit the shape and each other, a
 * label is out of range, or there is nothing to train on. Validation and test may be empty.
 */
export function checkDataset(dataset: Dataset): void {
  requireFields("the dataset", dataset, DATASET_FIELDS);
  checkNames(dataset);
  const { name, shape } = dataset;
  checkImageShape(name, shape);
  for (const split of SPLITS) checkSplit(`${name}, ${split} split`, dataset[split], dataset);
  if (dataset.train.labels.length === 0) throw wrong(`${name}, train split`, "0 images; expected at least 1");
}

/** Throws `BAD_DATA` where it is no size of an image. */
export function checkImageShape(name: string, shape: ImageShape): void {
  requireFields(`${name}, shape`, shape, SIDES);
  for (const side of SIDES) {
    if (Number.isSafeInteger(shape[side]) && shape[side] > 0) continue;
    throw bad(`${name}, shape.${side}`, describeValue(shape[side]), "a whole number of at least 1");
  }
}

/** Throws `BAD_DATA` where the dataset's name, or those of its classes, are none. */
export function checkNames({ name, classNames }: Pick<Dataset, "name" | "classNames">): void {
  if (typeof name !== "string") throw bad("the dataset's name", describeValue(name), "a text");
  const where = `${name}, classNames`;
  if (!Array.isArray(classNames)) throw bad(where, describeValue(classNames), "a list of names");
  if (classNames.length === 0 || classNames.length > MOST_CLASSES) {
    throw wrong(where, `${classNames.length} names; expected 1 to ${MOST_CLASSES}`);
  }
  const odd = classNames.findIndex((one) => typeof one !== "string");
  if (odd >= 0) throw bad(`${where}[${odd}]`, describeValue(classNames[odd]), "a text");
  const twice = classNames.find((one, index) => classNames.indexOf(one) !== index);
  if (twice !== undefined)
    throw wrong(where, `two classes are named ${describeValue(twice)}; expected a name each`);
}

function checkSplit(where: string, split: LabelledImages, { shape, classNames }: Dataset): void {
  requireFields(where, split, ["images", "labels"]);
  const { images, labels } = split;
  requireBytes(
    `${where}, images`,
    images,
    "Give pixels as bytes, 0 to 255, or numbers of any size as `features`: both are standardised for training.",
  );
  requireBytes(`${where}, labels`, labels, "Number the classes from 0, in the order of classNames.");
  const expected = labels.length * inputCount(shape);
  if (images.length !== expected) {
    const found = `${images.length} bytes of images for ${labels.length} labels`;
    throw wrong(where, `${found}; expected ${expected}`);
  }
  const outside = labels.findIndex((label) => label >= classNames.length);
  if (outside >= 0) {
    throw wrong(where, `label ${labels[outside]} at image ${outside}; expected 0 to ${classNames.length - 1}`);
  }
}

/** Throws `BAD_DATA` for anything but an object. */
export function requireObject(where: string, value: unknown): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw bad(where, describeValue(value), "an object");
  }
}

/** Throws `BAD_DATA` for anything but an object, and for a field that nothing reads, most often a slip of the pen. */
export function requireFields(where: string, value: object, known: readonly string[]): void {
  requireObject(where, value);
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown !== undefined) throw wrong(where, `unknown field "${unknown}"; expected ${known.join(", ")}`);
}

/** Throws `BAD_DATA` for anything but a `Uint8Array`. */
export function requireBytes(where: string, value: unknown, hint: string): asserts value is Uint8Array {
  if (kindOfArray(value) === "Uint8Array") return;
  throw bad(where, describeArray(value), "a Uint8Array", hint);
}

/** A typed array's kind, by its name, so that an array of another realm is one too. */
export function kindOfArray(value: unknown): string | undefined {
  return ArrayBuffer.isView(value) ? Object.prototype.toString.call(value).slice(8, -1) : undefined;
}

/** As `describeValue`, but of a typed array its kind. */
export function describeArray(value: unknown): string {
  const kind = kindOfArray(value);
  return kind === undefined ? describeValue(value) : `a ${kind}`;
}

/** A value that is of another kind than expected. */
export function bad(where: string, found: string, expected: string, hint?: string): TrainscopeError {
  const details = hint === undefined ? {} : { hint };
  return new TrainscopeError("BAD_DATA", `${where} is ${found}; expected ${expected}`, details);
}

/** A value of the right kind that can't be. */
export function wrong(where: string, text: string): TrainscopeError {
  return new TrainscopeError("BAD_DATA", `${where}: ${text}`);
}
