// Noise on images: whole numbers that follow from an image's key and the component alone, so that threads, slices and
// engines all draw the very same ones. kernels/noise.ts is this in SIMD.

/** Noise of an epoch, or of some of its images. */
export interface Noise {
  /** 1 to 127. */
  readonly amount: number;
  /** For each place in the order two random words, each 0 to 2^32 - 1. */
  readonly keys: Uint32Array;
}

/**
 * Writes by how much each component of the image at a place is moved: from -amount to amount, each as often as the
 * others to within 1 in 32,768.
 */
export function drawNoise(out: Int8Array, { amount, keys }: Noise, place: number): void {
  const first = keys[2 * place] as number;
  const second = keys[2 * place + 1] as number;
  for (let j = 0; j < out.length; j += 2) {
    const bits = mix(j / 2 + first, second);
    out[j] = spread((bits << 16) >> 16, amount);
    // What is written beyond the end of an array is dropped.
    out[j + 1] = spread(bits >> 16, amount);
  }
}

/** lowbias32 (Wellons 2018, "Prospecting for hash functions"), with a second key between its rounds. */
function mix(value: number, key: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15) ^ key, 0x846ca68b);
  return x ^ (x >>> 16);
}

/** From the upper 15 of 16 random bits, as int16, to a whole number from -amount to amount: rounded, in Q15. */
function spread(bits: number, amount: number): number {
  return ((bits >> 1) * (2 * amount + 1) + 0x4000) >> 15;
}
