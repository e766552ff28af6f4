import { createRandom } from "@trainscope/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { SearchSpace } from "../space.ts";
import type { Job, Score } from "../strategy.ts";
import { runAlone } from "../testing/spaces.ts";
import { halvingStrategy, rungsOf } from "./halving.ts";

const SPACE: SearchSpace = { eta: { kind: "log", from: 1e-6, to: 1 } };

/**
 * `get_job` of Li et al. 2020, algorithm 2, written down on its own: rungs as tables of candidate and loss, counted from 0,
 * and a set of those that were promoted from each.
 */
class Published {
  readonly tables: Map<number, number>[];
  readonly promoted: Set<number>[];
  drawn = 0;
  readonly reduction: number;

  constructor(rungs: number, reduction: number) {
    this.tables = Array.from({ length: rungs }, () => new Map<number, number>());
    this.promoted = this.tables.map(() => new Set<number>());
    this.reduction = reduction;
  }

  getJob(): { candidate: number; rung: number } {
    for (let k = this.tables.length - 2; k >= 0; k--) {
      const table = this.tables[k] as Map<number, number>;
      const count = Math.floor(table.size / this.reduction);
      const best = [...table].sort(([, a], [, b]) => a - b).slice(0, count);
      for (const [candidate] of best) {
        if (this.promoted[k]?.has(candidate)) continue;
        this.promoted[k]?.add(candidate);
        return { candidate, rung: k + 1 };
      }
    }
    return { candidate: this.drawn++, rung: 0 };
  }

  report({ candidate, rung }: { candidate: number; rung: number }, loss: number): void {
    this.tables[rung]?.set(candidate, loss);
  }
}

it("promotes as the published rule does, whichever workers are late", () => {
  const shapes = fc.record({
    seed: fc.nat(),
    reduction: fc.integer({ min: 2, max: 4 }),
    epochs: fc.integer({ min: 1, max: 81 }),
    late: fc.integer({ min: 0, max: 6 }),
  });
  fc.assert(
    fc.property(shapes, ({ seed, reduction, epochs, late }) => {
      const random = createRandom(seed, 99);
      const options = { budget: 1000, epochs, seed, reduction, leastEpochs: 1 };
      const rungs = rungsOf(options);
      const strategy = halvingStrategy(SPACE, options);
      const published = new Published(rungs.length, reduction);
      const jobs: Job[] = [];
      const scores: Score[] = [];
      const expected: { candidate: number; rung: number }[] = [];
      for (let turn = 0; turn < 80; turn++) {
        const job = strategy.next({ jobs, scores }) as Job;
        const wanted = published.getJob();
        expect([job.candidate, job.epochs]).toEqual([wanted.candidate, rungs[wanted.rung]]);
        jobs.push(job);
        expected.push(wanted);
        while (scores.length < jobs.length - late) {
          // Distinct, so that nothing hangs on how equals are ordered.
          const loss = random.uniform();
          published.report(expected[scores.length] as { candidate: number; rung: number }, loss);
          scores.push(loss);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it("one of nine goes to the next rung but one, and trains from there", () => {
  const strategy = halvingStrategy(SPACE, { budget: 9, epochs: 9, seed: 1, reduction: 3, leastEpochs: 1 });
  const { jobs } = runAlone(strategy, (_, { candidate }) => candidate);
  const countOf = (epochs: number) => jobs.filter((job) => job.epochs === epochs).length;
  expect([1, 3, 9].map(countOf)).toEqual([9, 3, 1]);
  // The winner of the first three is promoted before a fourth begins.
  expect(jobs.slice(0, 4).map(({ candidate, epochs }) => [candidate, epochs])).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
    [0, 3],
  ]);
});

it.each([null, Number.NaN])("what came to %d is never promoted, even where nothing else is there", (lost) => {
  const strategy = halvingStrategy(SPACE, { budget: 12, epochs: 9, seed: 1, reduction: 3, leastEpochs: 1 });
  const { jobs } = runAlone(strategy, () => lost);
  expect(jobs.every(({ epochs }) => epochs === 1)).toBe(true);
});

it("a score that is no number spoils no order: the search is that of one that diverged", () => {
  const jobsWith = (lost: Score) => {
    const strategy = halvingStrategy(SPACE, { budget: 27, epochs: 9, seed: 1, reduction: 3, leastEpochs: 1 });
    return runAlone(strategy, (_, { candidate }) => (candidate % 2 === 0 ? lost : -candidate)).jobs;
  };
  expect(jobsWith(Number.NaN)).toEqual(jobsWith(null));
});

it("no two rungs have as many epochs", () => {
  expect(rungsOf({ epochs: 5, leastEpochs: 1, reduction: 2 })).toEqual([1, 3, 5]);
  expect(rungsOf({ epochs: 1, leastEpochs: 1, reduction: 2 })).toEqual([1]);
  const shapes = fc.record({
    epochs: fc.integer({ min: 1, max: 500 }),
    reduction: fc.integer({ min: 2, max: 5 }),
  });
  fc.assert(
    fc.property(shapes, (shape) => {
      const rungs = rungsOf({ ...shape, leastEpochs: 1 });
      for (const [index, rung] of rungs.entries()) expect(rung).toBeGreaterThan(rungs[index - 1] ?? 0);
      expect(rungs.at(-1)).toBe(shape.epochs);
    }),
  );
});

it("has rungs that grow by the factor and end with the epochs in full", () => {
  expect(rungsOf({ epochs: 81, leastEpochs: 1, reduction: 3 })).toEqual([1, 3, 9, 27, 81]);
  expect(rungsOf({ epochs: 40, leastEpochs: 2, reduction: 3 })).toEqual([4, 13, 40]);
  expect(rungsOf({ epochs: 8, leastEpochs: 8, reduction: 2 })).toEqual([8]);
  expect(() => rungsOf({ epochs: 8, leastEpochs: 9, reduction: 2 })).toThrow("leastEpochs is 9; expected");
  expect(() => rungsOf({ epochs: 8, leastEpochs: 1, reduction: 1 })).toThrow("reduction is 1; expected");
});
