// Data that are no images: rows of numbers of any size, as tables and embeddings have them.
import { describeValue } from "../text/describe-value.ts";
import {
  bad,
  checkImageShape,
  checkNames,
  DATASET_FIELDS,
  type Dataset,
  describeArray,
  type ImageShape,
  type InputValues,
  inputCount,
  kindOfArray,
  type LabelledRows,
  requireFields,
  SPLITS,
  type TrainingData,
  wrong,
} from "./dataset.ts";

/** `n x d` numbers: a list of rows, or one array of them all, row by row. */
export type Features = readonly ArrayLike<number>[] | Float32Array | Float64Array;

/** The rows of one split with their labels. */
export interface LabelledFeatures {
  /** Finite, of any size: they are standardised as pixels are. */
  readonly features: Features;
  /** `n` whole numbers, each below the number of classes. */
  readonly labels: ArrayLike<number>;
}

/** Rows of numbers, in place of images, with their labels. Validation and test count as empty where they are left out. */
export interface FeatureDataset extends Pick<Dataset, "name" | "classNames"> {
  /** Where the numbers are pixels of images; a row of so many, one high, where it is left out. */
  readonly shape?: ImageShape;
  readonly train: LabelledFeatures;
  readonly validation?: LabelledFeatures;
  readonly test?: LabelledFeatures;
}

/** Squares of larger ones, added up, would leave what float64 holds. */
const LARGEST = 1e150;

/** Nothing to look at. */
const NONE: LabelledFeatures = { features: [], labels: [] };

/** With every split, its numbers one after another. Throws `BAD_DATA` for what doesn't fit together. */
export function completeFeatures(input: FeatureDataset): TrainingData {
  requireFields("the dataset", input, DATASET_FIELDS);
  checkNames(input);
  const { name, classNames, train } = input;
  const shape = input.shape ?? { width: widthOf(`${name}, train split`, train), height: 1, channels: 1 };
  checkImageShape(name, shape);
  const [inputs, classes] = [inputCount(shape), classNames.length];
  const splits = SPLITS.map((split) => {
    const rows = input[split] ?? NONE;
    requireFields(`${name}, ${split} split`, rows, ["features", "labels"]);
    return labelledRows(`${name}, ${split} split`, rows, inputs, classes);
  }) as [LabelledRows, LabelledRows, LabelledRows];
  if (splits[0].labels.length === 0) throw wrong(`${name}, train split`, "0 rows; expected at least 1");
  return { name, classNames, shape, train: splits[0], validation: splits[1], test: splits[2] };
}

/** Numbers in a row, where no shape tells. Throws `BAD_DATA` where there is no row. */
function widthOf(where: string, { features, labels }: LabelledFeatures): number {
  requireFeatures(`${where}, features`, features);
  const [first, rows] = isList(features) ? [features[0], 1] : [features, labels?.length];
  if (!isArray(first) || first.length === 0 || !(rows > 0)) throw wrong(where, "no row of at least one number");
  // Where it is no whole number, the sizes are told below.
  return Math.max(1, Math.floor(first.length / rows));
}

function labelledRows(
  where: string,
  { features, labels }: LabelledFeatures,
  inputs: number,
  classes: number,
): LabelledRows {
  const images = flatten(`${where}, features`, features, inputs);
  const checked = checkedLabels(`${where}, labels`, labels, classes);
  if (images.length !== checked.length * inputs) {
    const found = `${images.length} numbers for ${checked.length} labels`;
    throw wrong(where, `${found}; expected ${checked.length * inputs}, ${inputs} a row`);
  }
  return { images, labels: checked };
}

/**
 * `n x inputs` features as one array; one that is given as such is no copy. Throws `BAD_DATA` for other kinds, rows of another
 * length, and what is no finite number.
 */
export function flatten(where: string, features: Features, inputs: number): InputValues {
  requireFeatures(where, features);
  const flat = isList(features) ? joinRows(where, features, inputs) : features;
  // NaN is no less than anything.
  const odd = flat.findIndex((value) => !(Math.abs(value) <= LARGEST));
  if (odd < 0) return flat;
  const place = `${where}[${Math.floor(odd / inputs)}][${odd % inputs}]`;
  const expected = `a finite number, ${-LARGEST} to ${LARGEST}`;
  throw bad(place, String(flat[odd]), expected, "Fill in what is missing, or leave the row out.");
}

function requireFeatures(where: string, value: unknown): void {
  const kind = kindOfArray(value);
  if (Array.isArray(value) || kind === "Float32Array" || kind === "Float64Array") return;
  throw bad(where, describeArray(value), "a list of rows, a Float32Array or a Float64Array");
}

function isList(features: Features): features is readonly ArrayLike<number>[] {
  return Array.isArray(features);
}

function joinRows(where: string, rows: readonly ArrayLike<number>[], inputs: number): Float64Array {
  const joined = new Float64Array(rows.length * inputs);
  for (const [index, row] of rows.entries()) {
    const found = rowLength(`${where}[${index}]`, row);
    if (found !== inputs) throw wrong(`${where}[${index}]`, `${found} numbers; expected ${inputs}`);
    for (let j = 0; j < inputs; j++) {
      if (typeof row[j] !== "number") {
        throw bad(`${where}[${index}][${j}]`, describeValue(row[j]), "a number");
      }
    }
    joined.set(row, index * inputs);
  }
  return joined;
}

function rowLength(where: string, row: unknown): number {
  if (isArray(row)) return row.length;
  throw bad(where, describeValue(row), "a row of numbers");
}

function checkedLabels(where: string, labels: ArrayLike<number>, classes: number): Uint8Array {
  if (!isArray(labels)) throw bad(where, describeValue(labels), "a list of whole numbers");
  return Uint8Array.from(labels, (label, row) => {
    if (Number.isInteger(label) && label >= 0 && label < classes) return label;
    throw bad(
      `${where}[${row}]`,
      describeValue(label),
      `a whole number, 0 to ${classes - 1}`,
      "Number the classes from 0, in the order of classNames.",
    );
  });
}

function isArray(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}
