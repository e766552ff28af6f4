// Points drawn at random. A seed and the candidate's number name a point, whatever was drawn before.
import { createRandom, type Random, RandomStream } from "@trainscope/core";
import { valueAt } from "./range.ts";
import {
  combinations,
  type Dimension,
  dimensionsOf,
  isActive,
  type Point,
  pointKey,
  type SearchSpace,
} from "./space.ts";
import type { Job } from "./strategy.ts";

/** Draws before what is left is looked for in order. */
const ATTEMPTS = 256;

/** The numbers of an attempt to draw a candidate. */
export function candidateRandom(seed: number, candidate: number, attempt = 0): Random {
  return createRandom(seed, RandomStream.search, candidate * ATTEMPTS + attempt);
}

export function drawPoint(
  space: SearchSpace,
  drawValue: (name: string, dimension: Dimension) => Point[string],
): Point {
  const point: Record<string, Point[string]> = {};
  for (const [name, dimension] of dimensionsOf(space)) {
    if (isActive(dimension, point)) point[name] = drawValue(name, dimension);
  }
  return point;
}

export function drawUniform(dimension: Dimension, random: Random): Point[string] {
  if (dimension.kind !== "choice") return valueAt(dimension, random.uniform());
  return dimension.values[random.integer(dimension.values.length)] as Point[string];
}

/** One that is not taken; `undefined` where none is left: a space of choices and whole numbers may have no other. */
export function drawNewPoint(
  space: SearchSpace,
  { seed, candidate, taken }: { seed: number; candidate: number; taken: ReadonlySet<string> },
): Point | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const random = candidateRandom(seed, candidate, attempt);
    const point = drawPoint(space, (_, dimension) => drawUniform(dimension, random));
    if (!taken.has(pointKey(point))) return point;
  }
  // Nearly all are taken, then: there are no more of them than jobs, so that another one is found soon, or there is none.
  if (!dimensionsOf(space).every(([, dimension]) => dimension.kind === "choice" || dimension.whole))
    return undefined;
  for (const point of combinations(space, valuesOf)) if (!taken.has(pointKey(point))) return point;
  return undefined;
}

/** Every value of a dimension that has so many and no more. */
function* valuesOf(dimension: Dimension): Iterable<Point[string]> {
  if (dimension.kind === "choice") yield* dimension.values;
  else for (let value = dimension.from; value <= dimension.to; value++) yield value;
}

/**
 * The keys of the jobs' points. A search asks again with one job more: those that it had before are compared, by identity,
 * and not written down once more.
 */
export function createTaken(): (jobs: readonly Job[]) => ReadonlySet<string> {
  let known: Job[] = [];
  let keys = new Set<string>();
  return (jobs) => {
    if (!known.every((job, index) => job === jobs[index])) [known, keys] = [[], new Set()];
    for (const job of jobs.slice(known.length)) {
      known.push(job);
      keys.add(pointKey(job.point));
    }
    return keys;
  };
}
