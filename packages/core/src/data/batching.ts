// How the images of an epoch are divided into batches. A batch size that changes within an epoch divides anew what is still
// to come; the order of the images stays.

/** How an epoch's images are divided into batches, from some batch of it on. */
export interface Batching {
  /** Images and batches of the epoch that come before. */
  readonly imagesBefore: number;
  readonly batchesBefore: number;
  readonly batchSize: number;
  /** Of the whole epoch, those before included. */
  readonly batches: number;
}

/** Divides what is left of `images` after so many images, in so many batches. */
export function divideIntoBatches(
  images: number,
  batchSize: number,
  imagesBefore = 0,
  batchesBefore = 0,
): Batching {
  const batches = batchesBefore + Math.ceil((images - imagesBefore) / batchSize);
  return { imagesBefore, batchesBefore, batchSize, batches };
}

/** How many images are done after `batch` batches of the epoch, which are at least those before the batching. */
export function imagesDone(
  { imagesBefore, batchesBefore, batchSize }: Batching,
  batch: number,
  images: number,
): number {
  return Math.min(images, imagesBefore + (batch - batchesBefore) * batchSize);
}

/**
 * The share of the epoch that is done before `batch`. Batches count alike, as if the last one were not smaller; where the
 * batch size changed within the epoch, those count that were left then.
 */
export function fractionDone(
  { imagesBefore, batchesBefore, batches }: Batching,
  batch: number,
  images: number,
): number {
  const before = imagesBefore / images;
  return before + ((1 - before) * (batch - batchesBefore)) / (batches - batchesBefore);
}
