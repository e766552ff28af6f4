// Test help: small files in the official layout.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { encodeBatch } from "../decode.ts";
import { BATCH_FILES, CLASS_NAMES, IMAGE_BYTES } from "../layout.ts";

/** A folder that is deleted when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trainscope-data-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Bytes of batch number `batch`: labels run from the batch's number on, pixels don't compress well. */
export function batchBytes(batch: number, records: number): Uint8Array {
  const labels = Uint8Array.from({ length: records }, (_, i) => (batch + i) % CLASS_NAMES.length);
  let state = batch + 1;
  const images = Uint8Array.from({ length: records * IMAGE_BYTES }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return encodeBatch({ labels, images });
}

/** Writes the six batches of `records` pictures each and the names; gives `folder`. */
export async function writeLayout(folder: string, records: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  await Promise.all(BATCH_FILES.map((file, i) => writeFile(join(folder, file), batchBytes(i, records))));
  await writeFile(join(folder, "batches.meta.txt"), `${CLASS_NAMES.join("\n")}\n\n`);
  return folder;
}
