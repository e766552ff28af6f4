// How much better one model is than another on the same images, and how much of that may be chance.
import type { LabelledPredictions } from "./predictions.ts";

/**
 * The difference of accuracies, `(b - c) / n`, with its standard error. That of the images is
 * `sqrt(b + c - (b - c)^2 / n) / n`, where the one model alone is right on b of them and the other alone on c (Agresti &
 * Min 2005, for matched pairs): images on which both are right, or both wrong, say nothing. `seedDeviation`, the standard
 * deviation of an accuracy from seed to seed, adds its variance for each of the two runs.
 * Throws `RangeError` where the two haven't answered the same images.
 */
export function pairedGainOf(
  model: LabelledPredictions,
  baseline: LabelledPredictions,
  seedDeviation = 0,
): PairedGain {
  const images = model.labels.length;
  if (images === 0 || images !== baseline.labels.length) {
    throw new RangeError(`answers to ${images} and to ${baseline.labels.length} images; expected the same`);
  }
  let modelOnly = 0;
  let baselineOnly = 0;
  for (let i = 0; i < images; i++) {
    const label = model.labels[i];
    if (label !== baseline.labels[i])
      throw new RangeError(`image ${i} has two labels; expected the same images`);
    const modelIsRight = model.predicted[i] === label;
    const baselineIsRight = baseline.predicted[i] === label;
    if (modelIsRight && !baselineIsRight) modelOnly++;
    if (baselineIsRight && !modelIsRight) baselineOnly++;
  }
  const difference = modelOnly - baselineOnly;
  const ofImages = Math.sqrt(modelOnly + baselineOnly - difference ** 2 / images) / images;
  return {
    difference: difference / images,
    standardError: Math.hypot(ofImages, Math.SQRT2 * seedDeviation),
    images,
  };
}

/** A difference of accuracies on the same images. */
export interface PairedGain {
  readonly difference: number;
  /**
   * `sqrt(p^2 + 2 s^2)`: p that of the two models' difference over other images, from those on which they differ in
   * being right; s what another seed does to each of the two runs.
   */
  readonly standardError: number;
  readonly images: number;
}
