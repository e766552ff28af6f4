// W as everybody knows it, row by row, from and to the scaled weights that are trained.
import { paddedClasses } from "./scratch";
import { firstInput, inputsIn, startsAt, tilesAt } from "./scores";
import { classes, deviations, GROUP, groups, inputs, meanRests, scaledWeights, scales, weights } from "./setup";

/** Makes a chunk's scaled weights, and where its scores start from, of W. */
export function importWeights(chunk: usize): void {
  const end = endInput(chunk);
  // Padding is 0 unless what was trained before has diverged: then 0 times an infinite gradient has made it NaN.
  for (let group: usize = 0; group < groups; group++) {
    memory.fill(tilesAt(scaledWeights, group, firstInput(chunk)), 0, inputsIn(chunk) * GROUP * 4);
  }
  for (let k: usize = 0; k < classes; k++) {
    for (let j = firstInput(chunk); j < end; j++) {
      const v = load<f32>(weights + (k * inputs + j) * 4) * load<f32>(scales + 4 * j);
      store<f32>(scaledWeightAt(k, j), v);
    }
  }
  sumStarts(chunk);
}

/** Makes of a chunk's scaled weights where its scores start from, in the order in which updates do. */
export function sumStarts(chunk: usize): void {
  const end = endInput(chunk);
  memory.fill(startsAt(chunk, 0), 0, paddedClasses * 16);
  for (let k: usize = 0; k < classes; k++) {
    const starts = startsAt(chunk, k);
    for (let j = firstInput(chunk); j < end; j++) {
      const start = starts + (j % 4) * 4;
      store<f32>(start, load<f32>(start) - load<f32>(scaledWeightAt(k, j)) * load<f32>(meanRests + 4 * j));
    }
  }
}

/** Makes a chunk's part of W of its scaled weights. */
export function exportWeights(chunk: usize): void {
  const end = endInput(chunk);
  for (let k: usize = 0; k < classes; k++) {
    for (let j = firstInput(chunk); j < end; j++) {
      const w = load<f32>(scaledWeightAt(k, j)) * load<f32>(deviations + 4 * j);
      store<f32>(weights + (k * inputs + j) * 4, w);
    }
  }
}

/** One past a chunk's last input that is no padding. */
// @ts-ignore: decorator
@inline
function endInput(chunk: usize): usize {
  return min(firstInput(chunk) + inputsIn(chunk), inputs);
}

// @ts-ignore: decorator
@inline
function scaledWeightAt(k: usize, j: usize): usize {
  return tilesAt(scaledWeights, k / GROUP, j - (j % 4)) + (k % GROUP) * 16 + (j % 4) * 4;
}
