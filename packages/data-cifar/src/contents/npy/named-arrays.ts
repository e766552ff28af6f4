// Arrays by name, of an .npz or of .npy files in one folder: images and labels of each split.
import { type ArrayImages, imagesIn } from "../arrays/images.ts";
import type { NdArray } from "../arrays/ndarray.ts";
import { labelsIn, requireOneEach } from "../batch-fields.ts";
import { badFile, type Contents, type ImageBatch, splitNamed } from "../contents.ts";
import { readNpy } from "./read-npy.ts";
import { readZip } from "./read-zip.ts";

/** An array of a data set; `name` is without the ending. */
export interface NamedArray {
  readonly kind: "array";
  readonly file: string;
  readonly name: string;
  readonly array: NdArray;
}

/** Throws `BAD_DATA` where the file, or one of its arrays, is damaged. */
export function readNpz(bytes: Uint8Array, file: string): readonly NamedArray[] {
  const entries = readZip(bytes, file, (name) => name.endsWith(".npy"));
  if (entries.length === 0) throw badFile(file, "it holds no arrays");
  return entries.map(({ name, bytes: entry }) => namedArray(entry, `${file}/${name}`, name));
}

export function namedArray(bytes: Uint8Array, file: string, name = file): NamedArray {
  return { kind: "array", file, name: name.replace(/\.npy$/, ""), array: readNpy(bytes, file) };
}

const LABEL_WORDS = ["y", "label", "labels", "target", "targets"];

/**
 * Pairs the images of each split with its labels: `x_train` with `y_train`, `images` with `labels`.
 * Labels have one dimension, or are a column.
 *
 * @throws TrainscopeError `BAD_DATA` where one of the two is missing, or they don't go together
 */
export function pairArrays(arrays: readonly NamedArray[]): readonly Contents[] {
  const isLabels = ({ name }: NamedArray): boolean =>
    name
      .toLowerCase()
      .split(/[^a-z]+/)
      .some((word) => LABEL_WORDS.includes(word));
  const splitOf = ({ name, file }: NamedArray) => splitNamed(name) ?? splitNamed(file);
  const labels = new Map<string, NamedArray>();
  for (const array of arrays.filter(isLabels)) {
    const split = splitOf(array) ?? "train";
    const other = labels.get(split);
    if (other !== undefined)
      throw badFile(array.file, `it has labels of the ${split} split, and so has ${other.file}`);
    labels.set(split, array);
  }
  return arrays
    .filter((array) => !isLabels(array))
    .map((images): ImageBatch => {
      const split = splitOf(images);
      const own = labels.get(split ?? "train");
      if (own === undefined) {
        const expected = `an array beside it that has "labels" or "y" in its name`;
        throw badFile(
          images.file,
          `there are no labels for the images of the ${split ?? "train"} split; expected ${expected}`,
        );
      }
      const found: ArrayImages = imagesIn(images.array, images.file);
      const fine = labelsIn(own.array, own.file);
      requireOneEach(fine, images.array.shape[0] ?? 0, own.file);
      return { kind: "images", file: images.file, split, ...found, labels: { fine } };
    });
}
