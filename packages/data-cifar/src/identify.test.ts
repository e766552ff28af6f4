import { copyFile, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { identifyFiles } from "./identify.ts";
import { BATCH_FILES } from "./layout.ts";
import { PUBLISHED, type PublishedFacts } from "./published.ts";
import { temporaryFolder, writeLayout } from "./testing/official.ts";

/** Not a multiple of ten, so that each of the first batches has other class counts. */
const RECORDS = 13;
const RECORD = 3073;

/** The facts of a folder, counted here byte by byte. */
async function factsOf(folder: string): Promise<PublishedFacts> {
  const counts = new Map<string, number[]>();
  const sums = { training: [0, 0, 0], test: [0, 0, 0] };
  for (const file of BATCH_FILES) {
    const ofFile = Array<number>(10).fill(0);
    (await readFile(join(folder, file))).forEach((byte, i) => {
      const at = i % RECORD;
      if (at === 0) ofFile[byte] = (ofFile[byte] ?? 0) + 1;
      else {
        const channel = Math.floor((at - 1) / 1024);
        const of = file === "test_batch.bin" ? sums.test : sums.training;
        of[channel] = (of[channel] ?? 0) + byte;
      }
    });
    counts.set(file, ofFile);
  }
  return { classCounts: counts, trainingSums: sums.training, testSums: sums.test };
}

let folder: string;
let facts: PublishedFacts;
beforeEach(async () => {
  folder = await writeLayout(await temporaryFolder(), RECORDS);
  facts = await factsOf(folder);
});

describe("identifyFiles", () => {
  it("official files: each by its class counts, both sums, nothing twice", async () => {
    const files = BATCH_FILES.map((file) => ({ file, classCountsOf: file, shared: [] }));
    expect(await identifyFiles(folder, RECORDS, facts)).toEqual({
      files,
      isTrainingOfficial: true,
      isTestOfficial: true,
    });
  });

  it("two files that were swapped", async () => {
    const [one, other, aside] = [BATCH_FILES[1] ?? "", BATCH_FILES[3] ?? "", "aside"];
    await rename(join(folder, one), join(folder, aside));
    await rename(join(folder, other), join(folder, one));
    await rename(join(folder, aside), join(folder, other));
    const { files, isTrainingOfficial } = await identifyFiles(folder, RECORDS, facts);
    expect([files[1]?.classCountsOf, files[3]?.classCountsOf]).toEqual([other, one]);
    expect(isTrainingOfficial).toBe(true);
  });

  it("a test file that is a copy of a training file", async () => {
    await copyFile(join(folder, "data_batch_2.bin"), join(folder, "test_batch.bin"));
    const { files, isTestOfficial } = await identifyFiles(folder, RECORDS, facts);
    expect(files.at(-1)).toEqual({
      file: "test_batch.bin",
      classCountsOf: "data_batch_2.bin",
      shared: [{ file: "data_batch_2.bin", images: RECORDS }],
    });
    expect(isTestOfficial).toBe(false);
  });

  it("pixels that went through another format, under the official labels", async () => {
    const path = join(folder, "data_batch_5.bin");
    const bytes = await readFile(path);
    bytes[1] = (bytes[1] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const { files, isTrainingOfficial, isTestOfficial } = await identifyFiles(folder, RECORDS, facts);
    expect(files.map(({ classCountsOf }) => classCountsOf)).toEqual(BATCH_FILES);
    expect([isTrainingOfficial, isTestOfficial]).toEqual([false, true]);
  });
});

describe("what is published", () => {
  it("10,000 images a file, 5,000 of each class for training", () => {
    const [train, test] = [BATCH_FILES.slice(0, 5), "test_batch.bin"];
    const counts = train.map((file) => PUBLISHED.classCounts.get(file) ?? []);
    for (const ofFile of counts) expect(ofFile.reduce((sum, count) => sum + count)).toBe(10_000);
    for (let k = 0; k < 10; k++) expect(counts.reduce((sum, ofFile) => sum + (ofFile[k] ?? 0), 0)).toBe(5000);
    expect(PUBLISHED.classCounts.get(test)).toEqual(Array(10).fill(1000));
  });

  it.each([
    [
      "training",
      PUBLISHED.trainingSums,
      50_000,
      [0.49139967861519607, 0.48215840839460783, 0.44653091444546567],
    ],
    ["test", PUBLISHED.testSums, 10_000, [0.4942142800245098, 0.4851313890165441, 0.4504090927542892]],
  ])("the sums of the %s files are their means", (_, sums, images, means) => {
    for (const [i, sum] of sums.entries()) expect(sum / 255 / (images * 1024)).toBeCloseTo(means[i] ?? 0, 15);
  });
});
