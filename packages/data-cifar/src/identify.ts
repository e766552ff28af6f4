// Tells whether a folder's files are CIFAR-10's own, each in its place, and which images are in more than one of them.

import { hash } from "node:crypto";
import type { LabelledImages } from "@trainscope/core";
import { requireArgument } from "@trainscope/core/errors";
import { classCounts } from "./classes.ts";
import { allocate } from "./decode.ts";
import { BATCH_FILES, CLASS_NAMES, IMAGE_BYTES, IMAGE_SHAPE, RECORDS_PER_FILE, TEST_FILE } from "./layout.ts";
import { readBatches } from "./load.ts";
import { PUBLISHED, type PublishedFacts } from "./published.ts";

/** What a file of the folder is, by its contents. */
export interface IdentifiedFile {
  readonly file: string;
  /** The file of CIFAR-10 that has as many images of each class; `undefined` where none has. */
  readonly classCountsOf: string | undefined;
  /** How many of its images an earlier file has, too. */
  readonly shared: readonly { readonly file: string; readonly images: number }[];
}

/** What the files of a folder are, by their contents. */
export interface IdentifiedFiles {
  readonly files: readonly IdentifiedFile[];
  /** Whether the pixels add up to what the official ones do; they don't where they went through another format. */
  readonly isTrainingOfficial: boolean;
  readonly isTestOfficial: boolean;
}

/** Reads all six files in `directory`, which takes about a second. Throws `BAD_DATA` as loading them does. */
export async function identifyCifar10(directory: string): Promise<IdentifiedFiles> {
  requireArgument("identifyCifar10", "directory", directory, "a text");
  return await identifyFiles(directory, RECORDS_PER_FILE, PUBLISHED);
}

/** `identifyCifar10` for files of `records` pictures each. */
export async function identifyFiles(
  directory: string,
  records: number,
  published: PublishedFacts,
): Promise<IdentifiedFiles> {
  const batch = allocate(records);
  /** Of each image, the first file that has it. */
  const owners = new Map<string, string>();
  const training = [0, 0, 0];
  const test = [0, 0, 0];
  const files: IdentifiedFile[] = [];
  for (const file of BATCH_FILES) {
    await readBatches(directory, [file], records, batch);
    addPlanes(file === TEST_FILE ? test : training, batch.images);
    files.push({
      file,
      classCountsOf: matchCounts(batch, published),
      shared: countShared(file, batch, owners),
    });
  }
  return {
    files,
    isTrainingOfficial: training.every((sum, plane) => sum === published.trainingSums[plane]),
    isTestOfficial: test.every((sum, plane) => sum === published.testSums[plane]),
  };
}

function matchCounts(batch: LabelledImages, published: PublishedFacts): string | undefined {
  const counts = classCounts(batch, CLASS_NAMES.length).join();
  return [...published.classCounts].find(([, known]) => known.join() === counts)?.[0];
}

/** Adds the bytes of each colour's planes: they follow one another in an image. */
function addPlanes(sums: number[], images: Uint8Array): void {
  const plane = IMAGE_SHAPE.width * IMAGE_SHAPE.height;
  for (let start = 0; start < images.length; start += plane) {
    let sum = 0;
    for (let i = start; i < start + plane; i++) sum += images[i] as number;
    const channel = (start / plane) % IMAGE_SHAPE.channels;
    sums[channel] = (sums[channel] ?? 0) + sum;
  }
}

function countShared(
  file: string,
  { images }: LabelledImages,
  owners: Map<string, string>,
): IdentifiedFile["shared"] {
  const counts = new Map<string, number>();
  for (let start = 0; start < images.length; start += IMAGE_BYTES) {
    const key = hash("sha1", images.subarray(start, start + IMAGE_BYTES), "base64");
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, file);
    else if (owner !== file) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts].map(([owner, shared]) => ({ file: owner, images: shared }));
}
