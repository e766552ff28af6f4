// Which images train, which validate and which test.
import type { Split } from "@trainscope/core";
import { badFile, type ImageBatch } from "../contents/contents.ts";
import { CLASS_NAMES } from "../layout.ts";

export interface Row<Batch> {
  readonly batch: Batch;
  readonly index: number;
}

/** A batch whose split is known. */
export type WithSplit<Batch> = Batch & { readonly split: Split };

/**
 * What tells no split trains, unless another file says that it is what trains.
 *
 * @throws TrainscopeError `BAD_DATA` where it does: the one that tells none may be meant for anything
 */
export function withSplits(batches: readonly ImageBatch[]): readonly WithSplit<ImageBatch>[] {
  const training = batches.find(({ split }) => split === "train");
  const silent = batches.find(({ split }) => split === undefined);
  if (training !== undefined && silent !== undefined) {
    const problem = `its name tells no split, and ${training.file} is there to train on`;
    const hint =
      "Put train, validation or test into its name, or name the file or folder to train on by itself.";
    throw badFile(silent.file, problem, undefined, hint);
  }
  return batches.map((batch) => ({ ...batch, split: batch.split ?? "train" }));
}

export interface Splits<Batch = WithSplit<ImageBatch> & { readonly chosen: Uint8Array }> {
  readonly train: readonly Row<Batch>[];
  readonly validation: readonly Row<Batch>[];
  readonly test: readonly Row<Batch>[];
  /** What of the training images is used, for the name. */
  readonly parts: readonly string[];
}

/** A data set that is known by what it holds. */
export type Collection = "CIFAR-10" | "CIFAR-100" | undefined;

/** CIFAR-100 alone has two labels; CIFAR-10 has its ten names. */
export function collectionOf(batches: readonly ImageBatch[], classNames: readonly string[]): Collection {
  if (batches.every(({ labels }) => labels.coarse !== undefined)) return "CIFAR-100";
  return classNames.join() === CLASS_NAMES.join() ? "CIFAR-10" : undefined;
}

/** Of CIFAR's training images a fifth: as many as a file of CIFAR-10 has. */
const FIFTH = 1 / 5;
/** Of all training images, where they have no validation split: 1,000 of CIFAR's 50,000, the last. */
const ALL_BUT = 1 / 50;
/** Elsewhere every so manieth image validates: files may be in the order of their classes. */
const USUAL_STEP = { batch1: 10, all: 50 };
/** The five files that CIFAR-10 is in are one as good as the other; a file of its own making may be in any order. */
const BATCH_NAME = /(^|\/)data_batch_\d/;

/**
 * A validation split that the data has is used. Where it has none, CIFAR is split as `loadCifar10` does it, and of other data
 * every tenth training image validates, with `all` every fiftieth; of two images and more at least one does.
 */
export function splitImages<Batch extends WithSplit<ImageBatch>>(
  batches: readonly Batch[],
  collection: Collection,
  trainOn: "batch1" | "all",
): Splits<Batch> {
  const rowsOf = (split: Split) => batches.filter((batch) => batch.split === split).flatMap(rows);
  const [train, validation, test] = [rowsOf("train"), rowsOf("validation"), rowsOf("test")];
  if (validation.length > 0) return { train, validation, test, parts: [] };
  if (collection === undefined) return { ...takeEvery(USUAL_STEP[trainOn], train), test, parts: [] };
  const files = batches.filter(({ split, file }) => split === "train" && BATCH_NAME.test(file));
  const [firstFile] = files;
  const isInBatches = firstFile !== undefined && files.length > 1;
  const isMixed = collection === "CIFAR-100" || isInBatches;
  if (trainOn === "all") {
    const parts = ["all training data"];
    if (!isMixed) return { ...takeEvery(USUAL_STEP.all, train), test, parts };
    const kept = Math.max(1, train.length - atLeastOne(train.length * ALL_BUT));
    return { train: train.slice(0, kept), validation: train.slice(kept), test, parts };
  }
  const parts = [isInBatches ? "data_batch_1" : "a fifth of the training data"];
  if (!isMixed) {
    const everyFifth = (place: number) => train.filter((_, i) => i % 5 === place);
    return { train: everyFifth(0), validation: everyFifth(1), test, parts };
  }
  const one = isInBatches ? firstFile.labels.fine.length : atLeastOne(train.length * FIFTH);
  return { train: train.slice(0, one), validation: train.slice(one, 2 * one), test, parts };
}

const atLeastOne = (count: number): number => Math.max(1, Math.round(count));

/** The last of every `step` images validates; of fewer than that, the last. */
function takeEvery<One>(
  step: number,
  all: readonly One[],
): { train: readonly One[]; validation: readonly One[] } {
  const every = Math.max(2, Math.min(step, all.length));
  const isHeldOut = (i: number): boolean => i % every === every - 1;
  return { train: all.filter((_, i) => !isHeldOut(i)), validation: all.filter((_, i) => isHeldOut(i)) };
}

function rows<Batch extends ImageBatch>(batch: Batch): readonly Row<Batch>[] {
  return Array.from(batch.labels.fine, (_, index) => ({ batch, index }));
}
