// Runs a strategy's jobs, several at a time, so that what is issued does not depend on which of them is quicker.
import { checkWhole, type Job, type Score, type Strategy, type SweepState } from "./strategy.ts";

/** A job, and what was known when it was decided on. */
export interface IssuedJob extends Job {
  /** Results, of the first so many jobs, that the decision knew of. */
  readonly known: number;
}

/** What `runSweep` takes. */
export interface SweepOptions {
  readonly strategy: Strategy;
  /** Of an earlier start, in order: they come first, and `run` finds what they came to. */
  readonly issued?: readonly IssuedJob[];
  /**
   * Jobs at a time, at most. Where the strategy reads scores, job `j` is decided on what the first `j - ahead + 1` came to,
   * so that another number is another search.
   */
  readonly ahead: number;
  /** Waited for before the job runs: what was issued is to be known when the search goes on. */
  readonly onIssue: (job: IssuedJob) => Promise<void> | void;
  /** What it came to. The first that rejects ends the search; it is to stop where the signal aborts. */
  readonly run: (job: Job, signal: AbortSignal) => Promise<Score>;
  /**
   * Of a strategy that is edited meanwhile, which is asked anew as each of the last jobs ends: asked where nothing runs any more, whether
   * it may have come to have another.
   */
  readonly hasMore?: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/**
 * Resolves when nothing is left to be tried. Rejects as `run`, `onIssue` and the strategy do, and where the signal aborts,
 * once all that runs has ended. Throws `BAD_OPTION`.
 */
export async function runSweep(options: SweepOptions): Promise<SweepState> {
  const { strategy, issued = [], ahead, onIssue, hasMore, signal } = options;
  checkWhole("ahead", ahead, 1);
  const running = createRunning(options);
  const jobs: IssuedJob[] = [];
  try {
    for (const job of issued) {
      await running.untilFewerThan(ahead);
      running.start(jobs.push(job) - 1, job);
    }
    let known = issued.at(-1)?.known ?? 0;
    for (;;) {
      await running.untilFewerThan(ahead);
      if (strategy.readsScores) known = Math.max(known, jobs.length - ahead + 1);
      let next = strategy.next({ jobs, scores: await running.first(known) });
      while (next === undefined && strategy.readsScores && known < jobs.length) {
        known++;
        next = strategy.next({ jobs, scores: await running.first(known) });
      }
      if (next === undefined) {
        if (hasMore !== undefined && ((await running.untilOneEnds()) || (await hasMore()))) continue;
        break;
      }
      const job: IssuedJob = { ...next, known };
      await onIssue(job);
      signal.throwIfAborted();
      running.start(jobs.push(job) - 1, job);
    }
    return { jobs, scores: await running.first(jobs.length) };
  } catch (thrown) {
    // Whatever it was, what runs is to stop for it, too.
    running.fail(thrown);
    throw thrown;
  } finally {
    await running.settle();
  }
}

/** What throws at once rejects, as what throws later does. */
async function settled<Result>(body: () => Promise<Result>): Promise<Result> {
  return await body();
}

function createRunning({ run, signal }: SweepOptions) {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const scores: Promise<Score>[] = [];
  const unfinished = new Set<Promise<unknown>>();

  return {
    start(index: number, job: Job): void {
      const score = settled(() => run(job, either));
      scores[index] = score;
      // Of several failures the first is told: the others are its consequences.
      const ended = score
        .catch((thrown: unknown) => failed.abort(thrown))
        .finally(() => unfinished.delete(ended));
      unfinished.add(ended);
    },
    fail(thrown: unknown): void {
      failed.abort(thrown);
    },
    async untilFewerThan(count: number): Promise<void> {
      while (unfinished.size >= count) await Promise.race(unfinished);
      either.throwIfAborted();
    },
    /** Whether there was one. */
    async untilOneEnds(): Promise<boolean> {
      const { size } = unfinished;
      if (size > 0) await Promise.race(unfinished);
      either.throwIfAborted();
      return size > 0;
    },
    /** What the first so many came to. */
    async first(count: number): Promise<readonly Score[]> {
      try {
        return await Promise.all(scores.slice(0, count));
      } finally {
        either.throwIfAborted();
      }
    },
    async settle(): Promise<void> {
      await Promise.all(unfinished);
    },
  };
}
