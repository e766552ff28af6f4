// What a search strategy is: a pure function from what was issued, and what has come back, to what is trained next.
import type { Point } from "./space.ts";

/** One piece of work: a candidate is trained up to so many epochs, from where it stands. Plain data. */
export interface Job {
  /** Counts the points of a sweep from 0. */
  readonly candidate: number;
  readonly point: Point;
  /** In all, from the beginning. */
  readonly epochs: number;
}

/** What is minimised; `null` where a training diverged. */
export type Score = number | null;

export interface SweepState {
  /** In the order in which they were issued. */
  readonly jobs: readonly Job[];
  /** Of the first so many jobs: those that the decision may depend on. */
  readonly scores: readonly Score[];
}

export interface Strategy {
  /** Whether what comes next depends on results. */
  readonly readsScores: boolean;
  /** `undefined` where nothing can be issued before more is known; where all is known, the search has ended. */
  next(state: SweepState): Job | undefined;
}

export interface SearchLimits {
  /** Candidates in all, those that the sweep has already among them. */
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

/** For ranking: what diverged comes last. */
export function rankOf(score: Score | undefined): number {
  return score ?? Number.POSITIVE_INFINITY;
}
