// The fields of CIFAR's Python and MATLAB files: `data` with labels, or the names of labels.
import type { Split } from "@trainscope/core";
import { imagesIn } from "./arrays/images.ts";
import { type NdArray, numbersOf } from "./arrays/ndarray.ts";
import {
  badFile,
  type Contents,
  type Labels,
  labelBytes,
  MOST_CLASSES,
  splitNamed,
  tooManyClasses,
} from "./contents.ts";
import { namesIn } from "./name-list.ts";

/** What a field may be, whatever the format. */
export type Field = NdArray | readonly unknown[] | string;

export function isNdArray(field: unknown): field is NdArray {
  return typeof field === "object" && field !== null && "isFortran" in field;
}

const NAME_FIELDS = ["label_names", "fine_label_names", "coarse_label_names"];

/** The fields that are read; what else there is, file names for one, is left alone. */
export const READ_FIELDS: readonly string[] = [
  "data",
  "labels",
  "fine_labels",
  "coarse_labels",
  "batch_label",
  ...NAME_FIELDS,
];

/** @throws TrainscopeError `BAD_DATA` where there are neither images nor names, or they are not as they should be */
export function contentsOf(fields: ReadonlyMap<string, Field>, file: string): readonly Contents[] {
  const data = fields.get("data");
  if (data !== undefined) return [batchOf(data, fields, file)];
  const names = NAME_FIELDS.flatMap((name) => {
    const found = fields.get(name);
    return found === undefined ? [] : [namesIn(texts(found, name, file), file, kindOf(name))];
  });
  if (names.length > 0) return names;
  throw badFile(file, "it holds neither data with labels nor label_names");
}

const kindOf = (name: string): "fine" | "coarse" => (name.startsWith("coarse") ? "coarse" : "fine");

function batchOf(data: Field, fields: ReadonlyMap<string, Field>, file: string): Contents {
  if (!isNdArray(data)) throw badFile(file, "its data is no array of numbers");
  const { shape, images } = imagesIn(data, file);
  const [fine, coarse] = ["fine", "coarse"].map((kind) => {
    const found = fields.get(`${kind}_labels`) ?? (kind === "fine" ? fields.get("labels") : undefined);
    return found === undefined ? undefined : labelsIn(found, file);
  });
  if (fine === undefined) throw badFile(file, "it has no labels; expected labels, or fine_labels");
  const labels: Labels = { fine, ...(coarse && { coarse }) };
  for (const some of [fine, ...(coarse ? [coarse] : [])]) requireOneEach(some, data.shape[0] ?? 0, file);
  return { kind: "images", file, split: splitOf(fields, file), shape, images, labels };
}

export function labelsIn(field: Field, file: string): Uint8Array {
  return labelBytes(isNdArray(field) ? numbersOf(field) : field, file);
}

export function requireOneEach(labels: Uint8Array, images: number, file: string): void {
  if (labels.length === images) return;
  throw badFile(file, `it has ${labels.length} labels for ${images} images; expected one each`);
}

/** "training batch 1 of 5" counts more than the file's name. */
function splitOf(fields: ReadonlyMap<string, Field>, file: string): Split | undefined {
  const batchLabel = fields.get("batch_label");
  return (typeof batchLabel === "string" ? splitNamed(batchLabel) : undefined) ?? splitNamed(file);
}

function texts(field: Field, name: string, file: string): readonly string[] {
  if (!isNdArray(field) && typeof field !== "string") {
    if (field.length > MOST_CLASSES) throw tooManyClasses(file, field.length);
    if (field.every((one) => typeof one === "string")) return field;
  }
  throw badFile(file, `its ${name} is no list of texts`);
}
