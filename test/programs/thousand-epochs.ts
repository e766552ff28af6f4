// Trains a thousand epochs through the whole trainer and prints the memory in use, in bytes and after a garbage
// collection, and what the whole process holds, at the 200th and at the last. Run by memory.test.ts, with --expose-gc.
import { allocateImages, train } from "@trainscope/core";

const inputs = 3072;
const count = 200;
const images = allocateImages(2 * count * inputs);
images.forEach((_, i) => {
  images[i] = (i * 97) % 251;
});
const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
const first = { images: images.subarray(0, count * inputs), labels };
const second = { images: images.subarray(count * inputs), labels };
const dataset = {
  name: "noise",
  classNames: Array.from({ length: 10 }, (_, k) => `class ${k}`),
  shape: { width: 32, height: 32, channels: 3 },
  train: first,
  validation: second,
  test: second,
};

function bytesInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let middle = [0, 0];
train({ dataset, settings: { epochs: 1000, batchSize: 50, flip: 0.5 } }).subscribe((event) => {
  if (event.type === "epoch:end" && event.epoch === 200) middle = [bytesInUse(), process.memoryUsage.rss()];
  if (event.type === "epoch:end" && event.epoch === 1000) {
    console.log(JSON.stringify([middle, [bytesInUse(), process.memoryUsage.rss()]]));
  }
});
