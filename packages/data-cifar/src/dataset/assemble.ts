// From what the files hold to a dataset: one shape, one list of classes, three splits.
import { allocateImages, type Dataset, inputCount, type LabelledImages } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import {
  badFile,
  type ClassNames,
  type Contents,
  type ImageBatch,
  type LabelKind,
} from "../contents/contents.ts";
import { collectionOf, type Splits, splitImages, type WithSplit, withSplits } from "./split-images.ts";

export interface AssembleOptions {
  /** Where it all comes from, for messages and as the name of what has none. */
  readonly source: string;
  readonly trainOn: "batch1" | "all";
  readonly labels: LabelKind;
}

/** @throws TrainscopeError `BAD_DATA` where the files don't go together, `BAD_OPTION` where there are no such labels */
export function assemble(contents: readonly Contents[], options: AssembleOptions): Dataset {
  const { source, trainOn, labels } = options;
  const batches = withSplits(contents.filter((one) => one.kind === "images"));
  const [first] = batches;
  if (first === undefined) throw badFile(source, "it holds no images");
  requireOneShape(batches, first);
  const labelled = batches.map((batch) => ({ ...batch, chosen: chooseLabels(batch, labels) }));
  const names = contents.filter((one) => one.kind === "names").find(({ of }) => of === labels);
  const classNames = nameClasses(labelled, names);
  const collection = collectionOf(batches, classNames);
  const splits = splitImages(labelled, collection, trainOn);
  if (splits.train.length === 0) throw badFile(source, "it holds no training images");
  const parts = [...(collection === "CIFAR-100" ? [`${labels} labels`] : []), ...splits.parts];
  const about = parts.length === 0 ? "" : ` (${parts.join(", ")})`;
  return { name: `${collection ?? source}${about}`, classNames, shape: first.shape, ...copy(splits, first) };
}

/** A batch with the labels that are learned. */
export interface LabelledBatch extends WithSplit<ImageBatch> {
  readonly chosen: Uint8Array;
}

function requireOneShape(batches: readonly ImageBatch[], first: ImageBatch): void {
  const words = ({ shape: { width, height, channels } }: ImageBatch): string =>
    `${width} x ${height}, ${channels} ${channels === 1 ? "channel" : "channels"}`;
  const other = batches.find((batch) => words(batch) !== words(first));
  if (other === undefined) return;
  throw badFile(
    other.file,
    `its images are ${words(other)}; expected ${words(first)}, as in ${first.file}`,
    undefined,
    "Bring all images to one size and one kind, grey or colour, before you train.",
  );
}

function chooseLabels({ labels, file }: ImageBatch, kind: LabelKind): Uint8Array {
  const chosen = labels[kind];
  if (chosen !== undefined) return chosen;
  throw new TrainscopeError("BAD_OPTION", `${file} has no coarse labels`, {
    hint: "CIFAR-100 has them. Leave out --labels coarse.",
  });
}

/** Those that the data names; its numbers where it names none. */
function nameClasses(batches: readonly LabelledBatch[], named: ClassNames | undefined): readonly string[] {
  let count = 0;
  for (const { chosen, file } of batches) {
    for (const label of chosen) {
      if (label >= count) count = label + 1;
      if (named !== undefined && label >= named.names.length) {
        throw badFile(
          file,
          `it has label ${label}; expected one of the ${named.names.length} in ${named.file}`,
        );
      }
    }
  }
  return named?.names ?? Array.from({ length: count }, (_, label) => String(label));
}

/** All into one memory, of which the splits are views. */
function copy(splits: Splits, { shape }: ImageBatch): Pick<Dataset, "train" | "validation" | "test"> {
  const inputs = inputCount(shape);
  const { train, validation, test } = splits;
  const total = train.length + validation.length + test.length;
  const all: LabelledImages = { images: allocateImages(total * inputs), labels: new Uint8Array(total) };
  let next = 0;
  const place = (rows: Splits["train"]): LabelledImages => {
    const from = next;
    for (const { batch, index } of rows) {
      all.images.set(batch.images.subarray(index * inputs, (index + 1) * inputs), next * inputs);
      all.labels[next++] = batch.chosen[index] as number;
    }
    return {
      images: all.images.subarray(from * inputs, next * inputs),
      labels: all.labels.subarray(from, next),
    };
  };
  return { train: place(train), validation: place(validation), test: place(test) };
}
