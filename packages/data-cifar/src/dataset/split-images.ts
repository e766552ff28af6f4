// Which images train, which validate and which test.
import type { ImageBatch } from "../contents/contents.ts";
import { CLASS_NAMES } from "../layout.ts";

export interface Row<Batch> {
  readonly batch: Batch;
  readonly index: number;
}

export interface Splits<Batch = ImageBatch & { readonly chosen: Uint8Array }> {
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

/**
 * A validation split that the data has is used. Where it has none, CIFAR is split as `loadCifar10` does it, and of other data
 * every tenth training image validates, with `all` every fiftieth.
 */
export function splitImages<Batch extends ImageBatch>(
  batches: readonly Batch[],
  collection: Collection,
  trainOn: "batch1" | "all",
): Splits<Batch> {
  const rowsOf = (split: ImageBatch["split"]) => batches.filter((batch) => batch.split === split).flatMap(rows);
  const [train, validation, test] = [rowsOf("train"), rowsOf("validation"), rowsOf("test")];
  if (validation.length > 0) return { train, validation, test, parts: [] };
  if (collection === undefined) {
    const step = USUAL_STEP[trainOn];
    const isHeldOut = (_: unknown, i: number): boolean => i % step === step - 1;
    const kept = train.filter((row, i) => !isHeldOut(row, i));
    return { train: kept, validation: train.filter(isHeldOut), test, parts: [] };
  }
  if (trainOn === "all") {
    const kept = train.length - Math.round(train.length * ALL_BUT);
    return { train: train.slice(0, kept), validation: train.slice(kept), test, parts: ["all training data"] };
  }
  const one = collection === "CIFAR-10" ? firstFile(batches) : Math.round(train.length * FIFTH);
  const parts = [collection === "CIFAR-10" ? "data_batch_1" : "a fifth of the training data"];
  return { train: train.slice(0, one), validation: train.slice(one, 2 * one), test, parts };
}

function firstFile(batches: readonly ImageBatch[]): number {
  return batches.find(({ split }) => split === "train")?.labels.fine.length ?? 0;
}

function rows<Batch extends ImageBatch>(batch: Batch): readonly Row<Batch>[] {
  return Array.from(batch.labels.fine, (_, index) => ({ batch, index }));
}
