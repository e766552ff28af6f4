// CIFAR-10's layout with seeded noise in it, for whole runs where the real files are not at hand.
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CLASS_NAMES, encodeBatch, IMAGE_SHAPE } from "@trainscope/data-cifar";
import { syntheticImages } from "./synthetic.ts";

const RECORDS = 10_000;

/** Makes the folder: three files of 10,000 images, and links to the first for the others, which nobody trains on. */
export async function writeSyntheticFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = ["data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"];
  for (const [i, file] of files.entries()) {
    const images = syntheticImages(RECORDS, CLASS_NAMES.length, IMAGE_SHAPE, i);
    await writeFile(join(folder, file), encodeBatch(images));
  }
  for (const number of [3, 4, 5]) await symlink("data_batch_1.bin", join(folder, `data_batch_${number}.bin`));
  await writeFile(join(folder, "batches.meta.txt"), `${CLASS_NAMES.join("\n")}\n`);
}
