// A few pictures of noise, for tests that want a training and don't mind of what: the sample takes a third of a second to
// paint, and has seven times as many.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, RandomStream } from "@trainscope/core";
import { encodeBatch } from "@trainscope/data-cifar";

const CLASSES = 10;
const IMAGE_BYTES = 3 * 32 * 32;

/** Each class is a little brighter than the one before. */
function batch(size: number, seed: number): Uint8Array {
  const random = createRandom(seed, RandomStream.sample);
  const labels = Uint8Array.from({ length: size }, () => random.integer(CLASSES));
  const images = Uint8Array.from({ length: size * IMAGE_BYTES }, (_, i) => {
    const label = labels[Math.floor(i / IMAGE_BYTES)] as number;
    return 60 + 8 * label + random.integer(64);
  });
  return encodeBatch({ images, labels });
}

/** The folder of 300 training pictures, of which a tenth validates, and 100 to test on. */
export const smallData = ((): string => {
  const folder = join(tmpdir(), "trainscope-test-data");
  if (existsSync(folder)) return folder;
  // Several test files may make it at once: the first to be done has made it.
  const made = mkdtempSync(join(tmpdir(), "trainscope-test-data-"));
  mkdirSync(join(made, "small"));
  writeFileSync(join(made, "small/train.bin"), batch(300, 1));
  writeFileSync(join(made, "small/test.bin"), batch(100, 2));
  try {
    renameSync(join(made, "small"), folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  rmSync(made, { recursive: true });
  return folder;
})();
