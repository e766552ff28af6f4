// Test help: small files in CIFAR-100's binary layout.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { IMAGE_BYTES } from "../layout.ts";

/** A record's fine label is its place, its coarse one a fifth of that, and its pixels the place, too. */
export function cifar100Bytes(records: number): Uint8Array {
  const record = (i: number): number[] => [
    Math.floor((i % 100) / 5),
    i % 100,
    ...Array<number>(IMAGE_BYTES).fill(i % 256),
  ];
  return Uint8Array.from(Array.from({ length: records }, (_, i) => record(i)).flat());
}

/** 100 and 20 images, and both lists of names; gives `folder`. */
export async function writeCifar100(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const names = (kind: string, count: number): string =>
    Array.from({ length: count }, (_, k) => `${kind}_${k}\n`).join("");
  await writeFile(join(folder, "train.bin"), cifar100Bytes(100));
  await writeFile(join(folder, "test.bin"), cifar100Bytes(20));
  await writeFile(join(folder, "fine_label_names.txt"), names("fine", 100));
  await writeFile(join(folder, "coarse_label_names.txt"), names("coarse", 20));
  return folder;
}
