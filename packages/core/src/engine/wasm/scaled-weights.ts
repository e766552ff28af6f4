// The scaled weights, which is what the kernels train: from and to the order of their tiles (see tilesAt in
// kernels/scores.ts). W follows from them but for rounding not the other way round.

import type { WasmMemory } from "../../data/web-assembly.ts";
import { GROUP } from "./kernel-shape.ts";
import type { Layout } from "./layout.ts";
import type { Workspace } from "./workspace.ts";

interface Shape {
  readonly classes: number;
  readonly inputs: number;
}

/** A copy, `K x d`. */
export function copyScaledWeights({ memory, layout }: Workspace, { classes, inputs }: Shape): Float32Array {
  const tiles = tilesIn(memory, layout);
  const copy = new Float32Array(classes * inputs);
  for (let k = 0; k < classes; k++) {
    const first = firstOf(k, layout);
    for (let j = 0; j < inputs; j++) copy[k * inputs + j] = tiles[first + placeOf(j)] as number;
  }
  return copy;
}

/** `weights`: `K x d`. Padding becomes 0. */
export function putScaledWeights(
  { memory, layout }: Workspace,
  { classes, inputs }: Shape,
  weights: ArrayLike<number>,
): void {
  const tiles = tilesIn(memory, layout).fill(0);
  for (let k = 0; k < classes; k++) {
    const first = firstOf(k, layout);
    for (let j = 0; j < inputs; j++) tiles[first + placeOf(j)] = weights[k * inputs + j] as number;
  }
}

function tilesIn({ buffer }: WasmMemory, { scaledWeights, groups, paddedInputs }: Layout): Float32Array {
  return new Float32Array(buffer, scaledWeights, groups * GROUP * paddedInputs);
}

/** Of a class's first input. */
function firstOf(k: number, { paddedInputs }: Layout): number {
  return Math.floor(k / GROUP) * paddedInputs * GROUP + (k % GROUP) * 4;
}

/** Of an input, from the class's first. */
function placeOf(j: number): number {
  return (j - (j % 4)) * GROUP + (j % 4);
}
