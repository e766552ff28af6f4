// Reads the files of a folder into a dataset; whatever is wrong with them is said before anything is used.
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { allocateImages, type Dataset, type LabelledImages } from "@trainscope/core";
import { messageOf, requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { describeValue } from "@trainscope/core/text";
import { allocate, checkSize, decodeInto } from "./decode.ts";
import { locate } from "./find.ts";
import {
  ARCHIVE_PAGE,
  CLASS_NAMES,
  IMAGE_BYTES,
  IMAGE_SHAPE,
  NAMES_FILE,
  RECORD_BYTES,
  RECORDS_PER_FILE,
  TEST_FILE,
  TRAINING_FILES,
} from "./layout.ts";

/** What `loadCifar10` takes. */
export interface LoadOptions {
  /**
   * `batch1`: train on data_batch_1, validate on data_batch_2. `all`: train on the five training batches but for
   * their last 1,000 pictures, which validate. Both test on test_batch.
   */
  readonly trainOn: "batch1" | "all";
  /** Pictures in each file: 10,000 in the official ones; others where a part of each is kept. */
  readonly recordsPerFile?: number | undefined;
}

/** What `all` holds out of 50,000: one picture in fifty. */
const HELD_OUT_SHARE = 1 / 50;

/**
 * CIFAR-10 from a folder in the binary layout, or from one that holds it as `cifar-10-batches-bin`.
 * `batch1` gives 10,000/10,000/10,000 pictures, `all` 49,000/1,000/10,000.
 *
 * @throws TrainscopeError `DATA_NOT_FOUND` where files are missing, `BAD_DATA` where a size, a label or a class name is
 * wrong, `BAD_OPTION` where an option is
 * @example
 * const data = await loadCifar10("cifar-10-batches-bin", { trainOn: "all" });
 */
export async function loadCifar10(directory: string, options: LoadOptions): Promise<Dataset> {
  requireArgument("loadCifar10", "directory", directory, "a text");
  requireArgument("loadCifar10", "options", options, "an object");
  const { trainOn, recordsPerFile: records = RECORDS_PER_FILE } = options;
  checkOptions(trainOn, records);
  const files = trainOn === "all" ? TRAINING_FILES : TRAINING_FILES.slice(0, 2);
  const split = await readFiles(directory, files, records);
  const training = files.length * records;
  const kept = trainOn === "all" ? training - heldOut(training) : records;
  const name = trainOn === "all" ? "CIFAR-10 (all training data)" : "CIFAR-10 (data_batch_1)";
  return split(name, [0, kept], [kept, training]);
}

function checkOptions(trainOn: string, records: number): void {
  if (trainOn !== "batch1" && trainOn !== "all") {
    throw new TrainscopeError("BAD_OPTION", `trainOn is ${describeValue(trainOn)}; expected "batch1" or "all"`);
  }
  if (!Number.isSafeInteger(records) || records < 1) {
    const found = describeValue(records);
    throw new TrainscopeError(
      "BAD_OPTION",
      `recordsPerFile is ${found}; expected a whole number of at least 1`,
    );
  }
}

/** Of so many training pictures. */
export function heldOut(training: number): number {
  return Math.round(training * HELD_OUT_SHARE);
}

/** Makes a dataset of ranges of the training pictures that were read: first, and one past the last. */
export type SplitPictures = (
  name: string,
  train: readonly [number, number],
  validation: readonly [number, number],
) => Dataset;

/**
 * Reads training files of `records` pictures each, and the test file, into one memory, whose datasets are views of it.
 * Throws as `loadCifar10` does.
 */
export async function readFiles(
  directory: string,
  files: readonly string[],
  records: number,
): Promise<SplitPictures> {
  const folder = await locate(directory);
  await checkNames(folder);
  const pictures = allocate((files.length + 1) * records, allocateImages);
  await readBatches(folder, [...files, TEST_FILE], records, pictures);
  const training = files.length * records;
  return (name, train, validation) => ({
    name,
    classNames: CLASS_NAMES,
    shape: IMAGE_SHAPE,
    train: view(pictures, ...train),
    validation: view(pictures, ...validation),
    test: view(pictures, training, training + records),
  });
}

/** Checks every file of the folder as loading does, one after the other, and keeps none. */
export async function checkFiles(directory: string, records: number): Promise<void> {
  const pictures = allocate(records);
  for (const file of [...TRAINING_FILES, TEST_FILE]) await readBatches(directory, [file], records, pictures);
  await checkNames(directory);
}

/**
 * One file after the other, into one piece of memory: what was read before isn't there any more, nor waiting for the
 * garbage collector, which at times let two or three files pile up.
 */
export async function readBatches(
  folder: string,
  files: readonly string[],
  records: number,
  target: LabelledImages,
): Promise<void> {
  const room = new Uint8Array(records * RECORD_BYTES);
  for (const [i, file] of files.entries()) {
    const bytes = await readChecked(folder, file, (size) => checkSize(size, file, records), room);
    decodeInto(target, i * records, bytes, file, records);
  }
}

/** The class names must be the ones that results are shown with, in the same order. */
async function checkNames(folder: string): Promise<void> {
  const bytes = await readChecked(folder, NAMES_FILE, (size) => {
    if (size > 4096) throw badNames(`${size} bytes`);
  });
  const names = Buffer.from(bytes).toString("latin1").split(/\s+/).filter(Boolean);
  if (names.join(" ") !== CLASS_NAMES.join(" ")) throw badNames(names.slice(0, 12).join(" ") || "nothing");
}

function badNames(found: string): TrainscopeError {
  return new TrainscopeError("BAD_DATA", `${NAMES_FILE} holds ${found}; expected ${CLASS_NAMES.join(" ")}`, {
    hint: `Name a folder with CIFAR-10's own binary version, from ${ARCHIVE_PAGE}.`,
  });
}

/** The bytes of a file whose size `check` has accepted: a wrong one is not read at all. They lie in `room`, if given. */
async function readChecked(
  folder: string,
  file: string,
  check: (size: number) => void,
  room?: Uint8Array,
): Promise<Uint8Array> {
  try {
    const handle = await open(join(folder, file));
    try {
      const { size } = await handle.stat();
      check(size);
      return room === undefined ? await handle.readFile() : await fill(handle, room.subarray(0, size));
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof TrainscopeError) throw cause;
    throw new TrainscopeError("BAD_DATA", `${join(folder, file)} can't be read: ${messageOf(cause)}`, {
      hint: "Check that it is a file and that you may read it.",
      cause,
    });
  }
}

/** Reads until `room` is full. Throws where the file ends before. */
async function fill(handle: FileHandle, room: Uint8Array): Promise<Uint8Array> {
  for (let start = 0; start < room.length; ) {
    const { bytesRead } = await handle.read(room, start, room.length - start, start);
    if (bytesRead === 0) throw new Error(`it ends after ${start} bytes of ${room.length}`);
    start += bytesRead;
  }
  return room;
}

function view(images: LabelledImages, from: number, to: number): LabelledImages {
  return {
    images: images.images.subarray(from * IMAGE_BYTES, to * IMAGE_BYTES),
    labels: images.labels.subarray(from, to),
  };
}
