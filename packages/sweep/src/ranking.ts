// The candidates of a sweep, the best first.
import type { Point } from "./space.ts";
import { hasDiverged, type Job, rankOf, type Score, type SweepState } from "./strategy.ts";

/** A candidate with what it has come to. */
export interface RankedCandidate extends Job {
  readonly point: Point;
  /** Of its longest training that has finished. */
  readonly score: Score;
}

/**
 * Those that were trained longest stand first. What diverged in its longest training stands behind all others, however
 * long it was: it has no score.
 */
export function rankCandidates({ jobs, scores }: SweepState): readonly RankedCandidate[] {
  const longest = new Map<number, RankedCandidate>();
  for (const [index, score] of scores.entries()) {
    const job = jobs[index];
    if (job === undefined || job.epochs < (longest.get(job.candidate)?.epochs ?? 0)) continue;
    const { candidate, point, epochs } = job;
    longest.set(candidate, { candidate, point, epochs, score });
  }
  return [...longest.values()].sort(
    (a, b) =>
      Number(hasDiverged(a.score)) - Number(hasDiverged(b.score)) ||
      b.epochs - a.epochs ||
      compare(rankOf(a.score), rankOf(b.score)) ||
      a.candidate - b.candidate,
  );
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
