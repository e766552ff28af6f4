// How the images of an epoch are cut into batches. A batch size that changes within an epoch cuts anew what is still
// to come; the order of the images stays.

export interface EpochCut {
  /** Images and batches of the epoch that come before this cut. */
  readonly imagesBefore: number;
  readonly batchesBefore: number;
  readonly batchSize: number;
  /** Of the whole epoch, those before the cut included. */
  readonly batches: number;
}

/** Cuts what is left of `images` after so many images, in so many batches. */
export function cutEpoch(images: number, batchSize: number, imagesBefore = 0, batchesBefore = 0): EpochCut {
  const batches = batchesBefore + Math.ceil((images - imagesBefore) / batchSize);
  return { imagesBefore, batchesBefore, batchSize, batches };
}

/** Images done after so many batches of the epoch, at least those before the cut. */
export function imagesDone(
  { imagesBefore, batchesBefore, batchSize }: EpochCut,
  batch: number,
  images: number,
): number {
  return Math.min(images, imagesBefore + (batch - batchesBefore) * batchSize);
}

/**
 * The share of the epoch that is done before `batch`. By batches, as if the last one were not smaller; after a cut
 * within the epoch, by the batches of what was left then.
 */
export function fractionDone(
  { imagesBefore, batchesBefore, batches }: EpochCut,
  batch: number,
  images: number,
): number {
  const before = imagesBefore / images;
  return before + ((1 - before) * (batch - batchesBefore)) / (batches - batchesBefore);
}
