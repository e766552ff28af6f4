import { createRandom } from "@trainscope/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankCandidates } from "./ranking.ts";
import { type IssuedJob, runSweep } from "./run-sweep.ts";
import type { Point, SearchSpace } from "./space.ts";
import { halvingStrategy } from "./strategies/halving.ts";
import { randomStrategy } from "./strategies/random.ts";
import { tpeStrategy } from "./strategies/tpe.ts";
import type { Job, Score, Strategy } from "./strategy.ts";

const SPACE: SearchSpace = { eta: { kind: "log", from: 1e-5, to: 1 } };
const limits = { budget: 30, epochs: 9, seed: 4 };
const STRATEGIES: readonly (readonly [string, () => Strategy])[] = [
  ["random", () => randomStrategy(SPACE, limits)],
  ["tpe", () => tpeStrategy(SPACE, limits)],
  ["halving", () => halvingStrategy(SPACE, { ...limits, reduction: 3, leastEpochs: 1 })],
];

function scoreOf({ point, epochs }: Job): Score {
  return Math.abs(Math.log10((point as Point & { eta: number }).eta) + 2) + 1 / epochs;
}

interface Given {
  readonly seed?: number;
  readonly issued?: readonly IssuedJob[];
  readonly ahead?: number;
  readonly failAfter?: number;
}

/** Jobs come back in an order that the seed names. */
async function runToEnd(strategy: Strategy, { seed = 0, issued = [], ahead = 5, failAfter }: Given = {}) {
  const random = createRandom(seed, 99);
  const waiting: (() => void)[] = [];
  const journal: IssuedJob[] = [...issued];
  const run: Job[] = [];
  let most = 0;
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  let isOver = false;
  async function answer(): Promise<void> {
    while (!isOver) {
      await turn();
      waiting.splice(random.integer(Math.max(1, waiting.length)), 1)[0]?.();
    }
  }
  const answering = answer();
  const running = runSweep({
    strategy,
    issued,
    ahead,
    onIssue: (job) => void journal.push(job),
    async run(job) {
      run.push(job);
      if (run.length === failAfter) throw new Error("killed");
      const answered = new Promise<void>((resolve) => waiting.push(resolve));
      most = Math.max(most, waiting.length);
      await answered;
      return scoreOf(job);
    },
    signal: new AbortController().signal,
  });
  const state = await running
    .finally(() => {
      isOver = true;
    })
    .catch((error: Error) => error);
  await answering;
  return { state, journal, run, most };
}

describe.each(STRATEGIES)("%s", (_, create) => {
  it("gives the same jobs in the same order, whichever come back first, and no more at a time than it may", async () => {
    const first = await runToEnd(create(), { seed: 0 });
    for (const seed of [1, 2, 3]) {
      const other = await runToEnd(create(), { seed });
      expect(other.state).toEqual(first.state);
      expect(other.most).toBeLessThanOrEqual(5);
    }
    expect(first.most).toBe(5);
  });

  it("goes on after a kill at any job to the same end as undisturbed", async () => {
    const whole = await runToEnd(create());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.nat(), async (failAfter, seed) => {
        const killed = await runToEnd(create(), { seed, failAfter });
        expect(killed.state).toMatchObject({ message: "killed" });
        const resumed = await runToEnd(create(), { seed: seed + 1, issued: killed.journal });
        expect(resumed.state).toEqual(whole.state);
      }),
      { numRuns: 15 },
    );
  });
});

it("tells the failure that came first, and starts nothing after it", async () => {
  const { state, run } = await runToEnd(randomStrategy(SPACE, limits), { failAfter: 7 });
  expect(state).toMatchObject({ message: "killed" });
  expect(run.length).toBeLessThanOrEqual(7);
});

it("stops where the signal aborts, with its reason, once what runs has ended", async () => {
  const abort = new AbortController();
  let ended = 0;
  const running = runSweep({
    strategy: randomStrategy(SPACE, limits),
    ahead: 3,
    onIssue: () => {},
    async run(_, signal) {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      ended++;
      throw signal.reason;
    },
    signal: abort.signal,
  });
  setImmediate(() => abort.abort(new Error("enough")));
  await expect(running).rejects.toThrow("enough");
  expect(ended).toBe(3);
});

it("ranks the longest training first, then the least score, with what diverged at the end", () => {
  const job = (candidate: number, epochs: number): Job => ({ candidate, epochs, point: { eta: candidate } });
  const jobs = [job(0, 1), job(1, 1), job(2, 1), job(1, 3), job(3, 1), job(0, 3)];
  const ranked = rankCandidates({ jobs, scores: [0.1, 0.2, null, 0.5, 0.05, 0.6] });
  expect(ranked.map(({ candidate, epochs, score }) => [candidate, epochs, score])).toEqual([
    [1, 3, 0.5],
    [0, 3, 0.6],
    [3, 1, 0.05],
    [2, 1, null],
  ]);
});

it.each([null, Number.NaN])(
  "a candidate that came to %d on the highest rung stands behind all with a score",
  (lost) => {
    const job = (candidate: number, epochs: number): Job => ({ candidate, epochs, point: { eta: candidate } });
    const jobs = [job(0, 1), job(1, 1), job(2, 1), job(1, 3)];
    const ranked = rankCandidates({ jobs, scores: [0.1, 0.05, lost, lost] });
    expect(ranked.map(({ candidate, epochs }) => [candidate, epochs])).toEqual([
      [0, 1],
      [1, 3],
      [2, 1],
    ]);
  },
);

describe("what fails beside a training stops those that run", () => {
  const random = randomStrategy(SPACE, limits);
  const afterTwo = (then: () => never): Strategy => ({
    readsScores: false,
    next: (state) => (state.jobs.length < 2 ? random.next(state) : then()),
  });
  const fail = (): never => {
    throw new Error("broken");
  };

  it.each<[string, { strategy?: Strategy; onIssue?: (issued: number) => void; run?: (begun: number) => void }]>(
    [
      ["the journal", { onIssue: (issued) => issued === 3 && fail() }],
      ["the strategy", { strategy: afterTwo(fail) }],
      ["a training that throws at once", { run: (begun) => begun === 3 && fail() }],
    ],
  )("%s", async (_, { strategy = random, onIssue, run }) => {
    const [reasons, counts] = [[] as Error[], { issued: 0, begun: 0 }];
    const running = runSweep({
      strategy,
      ahead: 4,
      onIssue: () => onIssue?.(++counts.issued),
      run(_, signal) {
        run?.(++counts.begun);
        return new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            reasons.push(signal.reason);
            reject(signal.reason);
          });
        });
      },
      signal: new AbortController().signal,
    });
    await expect(running).rejects.toThrow("broken");
    expect(reasons.map(({ message }) => message)).toEqual(["broken", "broken"]);
  });
});

it("decides the ninth job of eight at a time on what the first came to, the tenth on the first two", async () => {
  const strategy = tpeStrategy(SPACE, { ...limits, budget: 12 });
  const { journal } = await runToEnd(strategy, { ahead: 8 });
  expect(journal.map(({ known }) => known)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
});

it.each([0, -1, 1.5, Number.NaN])("%d jobs at a time are refused", async (ahead) => {
  await expect(runToEnd(randomStrategy(SPACE, limits), { ahead })).resolves.toMatchObject({
    state: { code: "BAD_OPTION", message: `ahead is ${ahead}; expected a whole number of at least 1` },
  });
});

it("a strategy that reads no score is asked once whether it has more", async () => {
  const random = randomStrategy(SPACE, limits);
  let refusals = 0;
  const strategy: Strategy = {
    readsScores: false,
    next(state) {
      const job = random.next(state);
      if (job === undefined) refusals++;
      return job;
    },
  };
  expect((await runToEnd(strategy)).state).toHaveProperty("scores.length", limits.budget);
  expect(refusals).toBe(1);
});

it("goes on with what a strategy comes to have while the last ones run, and after them where it is asked to", async () => {
  const create = (budget: number) => randomStrategy(SPACE, { ...limits, budget });
  let budget = 2;
  const ends: number[] = [];
  const run = (hasMore?: () => Promise<boolean>) =>
    runSweep({
      // As one that is edited.
      strategy: { readsScores: false, next: (state) => create(budget).next(state) },
      ahead: 5,
      onIssue: () => {},
      async run(job) {
        ends.push(job.candidate);
        if (ends.length === 2) budget = 3;
        return scoreOf(job);
      },
      ...(hasMore && { hasMore }),
      signal: new AbortController().signal,
    });
  const { jobs } = await run(async () => budget++ < 5);
  expect(jobs.map(({ candidate }) => candidate)).toEqual([0, 1, 2, 3, 4]);
  expect(jobs.map(({ point }) => point)).toEqual((await runToEnd(create(5))).journal.map(({ point }) => point));
  expect(ends).toEqual([0, 1, 2, 3, 4]);
});
