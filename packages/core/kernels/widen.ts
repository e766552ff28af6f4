// From bytes to int16 less the rounded mean: exact, and half the size of float32, so that a batch of CIFAR-10 stays
// in a core's own cache from the forward to the backward pass.
import { width, wholeMeans } from "./setup";

/** Inputs `first` to `end - 1` (multiples of 16) of the image at `image`, to the row of int16 at `row`. */
export function widen(image: usize, row: usize, first: usize, end: usize): void {
  for (let j = first; j < end; j += 16) widen16(v128.load(image + j), row, j);
}

/** As `widen`, of the image mirrored left to right. */
export function widenMirrored(image: usize, row: usize, first: usize, end: usize): void {
  if (width % 16 != 0) return widenMirroredBytes(image, row, first, end);
  for (let j = first; j < end; j += 16) {
    const column = j % width;
    const bytes = v128.load(image + j - column + (width - 16 - column));
    widen16(
      v128.shuffle<u8>(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
      row,
      j,
    );
  }
}

/** Images to fetch before the first of them is widened: with CIFAR's, they still fit a core's first cache. */
export const FETCHED_AT_ONCE: usize = 8;

/** Kept, so that no compiler leaves out the loads that it comes from. */
let fetched: u64 = 0;

/**
 * Reads a little of each cache line of an image's inputs `first` to `end - 1`, so that many are on their way from
 * memory at once. Images in random order are what the processor doesn't foresee: with this, widening them takes 0.6
 * of the time (Zen 4).
 */
export function fetch(image: usize, first: usize, end: usize): void {
  let bits: u64 = 0;
  let at = image + first;
  for (; at + 256 <= image + end; at += 256) {
    bits |= load<u64>(at) | load<u64>(at, 64) | load<u64>(at, 128) | load<u64>(at, 192);
  }
  for (; at < image + end; at += 64) bits |= load<u64>(at);
  fetched = bits;
}

// @ts-ignore: decorator
@inline
function widen16(bytes: v128, row: usize, j: usize): void {
  const means = wholeMeans + 2 * j;
  v128.store(row + 2 * j, i16x8.sub(i16x8.extend_low_i8x16_u(bytes), v128.load(means)));
  v128.store(row + 2 * j, i16x8.sub(i16x8.extend_high_i8x16_u(bytes), v128.load(means, 16)), 16);
}

/**
 * For images whose width is no multiple of 16. Padding, beyond the last pixel, takes whatever lies up to a row and 16
 * bytes further: at least the engine's own arrays, which follow the images.
 */
function widenMirroredBytes(image: usize, row: usize, first: usize, end: usize): void {
  for (let j = first; j < end; j++) {
    const column = j % width;
    const byte = <i16>load<u8>(image + j - column + (width - 1 - column));
    store<i16>(row + 2 * j, byte - load<i16>(wholeMeans + 2 * j));
  }
}
