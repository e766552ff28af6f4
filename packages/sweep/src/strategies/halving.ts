// ASHA, asynchronous successive halving: Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning", algorithm 2.
import { TrainscopeError } from "@trainscope/core/errors";
import { createTaken, drawNewPoint } from "../draw.ts";
import type { SearchSpace } from "../space.ts";
import {
  candidateCount,
  checkLimits,
  hasDiverged,
  type Job,
  rankOf,
  type SearchLimits,
  type Strategy,
  type SweepState,
} from "../strategy.ts";

/** What successive halving takes. */
export interface HalvingOptions extends SearchLimits {
  /** Of a rung, one in so many goes on to the next, which trains so many times as long. At least 2. */
  readonly reduction: number;
  /** The lowest rung has at least so many. */
  readonly leastEpochs: number;
}

/**
 * Promotes a candidate wherever one can be, highest rung first, else begins another. One that diverged is never promoted.
 * Throws `BAD_OPTION` for rungs that can't be made.
 */
export function halvingStrategy(space: SearchSpace, options: HalvingOptions): Strategy {
  const { budget, seed, reduction } = options;
  checkLimits(options);
  const rungs = rungsOf(options);
  const taken = createTaken();
  return {
    readsScores: true,
    next(state) {
      for (let rung = rungs.length - 2; rung >= 0; rung--) {
        const promoted = promotable(state, rungs[rung] as number, rungs[rung + 1] as number, reduction);
        if (promoted !== undefined) return promoted;
      }
      const { jobs } = state;
      const candidate = candidateCount(jobs);
      if (candidate >= budget) return undefined;
      const point = drawNewPoint(space, { seed, candidate, taken: taken(jobs) });
      return point && { candidate, point, epochs: rungs[0] as number };
    },
  };
}

/** Epochs of each rung, the lowest first; the highest trains in full, and each below it `reduction` times shorter. */
export function rungsOf({
  epochs,
  leastEpochs,
  reduction,
}: Pick<HalvingOptions, "epochs" | "leastEpochs" | "reduction">): readonly number[] {
  if (!(Number.isSafeInteger(reduction) && reduction >= 2)) {
    throw new TrainscopeError("BAD_OPTION", `reduction is ${reduction}; expected a whole number of at least 2`);
  }
  if (!(Number.isSafeInteger(leastEpochs) && leastEpochs >= 1 && leastEpochs <= epochs)) {
    const expected = `a whole number from 1 to ${epochs}, the epochs in full`;
    throw new TrainscopeError("BAD_OPTION", `leastEpochs is ${leastEpochs}; expected ${expected}`);
  }
  const rungs: number[] = [];
  for (let rung = epochs; Math.round(rung) >= leastEpochs; rung /= reduction) rungs.unshift(Math.round(rung));
  // Of 1.25 and 0.625 epochs both are rounded to one.
  return [...new Set(rungs)];
}

/** The best of the top `1 / reduction` of a rung that has not been promoted; of equals, the one that was issued first. */
function promotable(
  { jobs, scores }: SweepState,
  epochs: number,
  nextEpochs: number,
  reduction: number,
): Job | undefined {
  const finished = scores
    .map((score, index) => ({ score, job: jobs[index] as Job }))
    .filter(({ job }) => job.epochs === epochs);
  const promoted = new Set(jobs.filter((job) => job.epochs === nextEpochs).map(({ candidate }) => candidate));
  const top = finished
    .toSorted((a, b) => compare(rankOf(a.score), rankOf(b.score)))
    .slice(0, Math.floor(finished.length / reduction));
  const found = top.find(({ score, job }) => !hasDiverged(score) && !promoted.has(job.candidate));
  return found && { ...found.job, epochs: nextEpochs };
}

/** Infinities are equal, which their difference isn't. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
