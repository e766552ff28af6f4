// What a search strategy is: a pure function from what was issued, and what has come back, to what is trained next.
import { TrainscopeError } from "@trainscope/core/errors";
import { describeValue } from "@trainscope/core/text";
import type { Point } from "./space.ts";

/** One piece of work: a candidate is trained up to so many epochs, from where it stands. Plain data. */
export interface Job {
  /** Counts the points of a sweep from 0. */
  readonly candidate: number;
  readonly point: Point;
  /** In all, from the beginning. */
  readonly epochs: number;
}

/** What is minimised; `null` where a training diverged, as which `NaN` counts, too. */
export type Score = number | null;

/** What a strategy decides by. */
export interface SweepState {
  /** In the order in which they were issued. */
  readonly jobs: readonly Job[];
  /** Of the first so many jobs: those that the decision may depend on. */
  readonly scores: readonly Score[];
}

/** What to train next, as a pure function of what has been issued and has come out. */
export interface Strategy {
  /** Whether what comes next depends on results. */
  readonly readsScores: boolean;
  /** `undefined` where nothing can be issued before more is known; where all is known, the search has ended. */
  next(state: SweepState): Job | undefined;
}

/** How much a search may train. */
export interface SearchLimits {
  /** Candidates in all, those that the sweep has already among them; `Infinity` for as many as there are. */
  readonly budget: number;
  /** That a candidate is trained for, in full. */
  readonly epochs: number;
  /** Names what is drawn. */
  readonly seed: number;
}

/** As many as have been issued. */
export function candidateCount(jobs: readonly Job[]): number {
  return jobs.reduce((count, { candidate }) => Math.max(count, candidate + 1), 0);
}

/** For ranking: what diverged comes last, and so does what is no number, whose score says as little. */
export function rankOf(score: Score | undefined): number {
  return score === null || score === undefined || Number.isNaN(score) ? Number.POSITIVE_INFINITY : score;
}

/** Whether the training came to nothing that others can be compared with. */
export function hasDiverged(score: Score): boolean {
  return rankOf(score) === Number.POSITIVE_INFINITY;
}

/** Throws `BAD_OPTION` for limits that no search can have. */
export function checkLimits({
  budget,
  epochs,
  seed = 0,
}: Omit<SearchLimits, "seed"> & { seed?: number }): void {
  if (budget !== Number.POSITIVE_INFINITY) checkWhole("budget", budget, 1);
  checkWhole("epochs", epochs, 1);
  checkWhole("seed", seed, 0);
}

/** Throws `BAD_OPTION`, with the option's name. */
export function checkWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const expected = `a whole number of at least ${least}`;
  throw new TrainscopeError("BAD_OPTION", `${name} is ${describeValue(value)}; expected ${expected}`);
}
