// What all strategies promise.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dimensionsOf, isActive, type Point, pointKey, type SearchSpace } from "../space.ts";
import type { Job, Strategy } from "../strategy.ts";
import { runAlone, spaces } from "../testing/spaces.ts";
import { gridPoints, gridStrategy } from "./grid.ts";
import { halvingStrategy } from "./halving.ts";
import { randomStrategy } from "./random.ts";
import { tpeStrategy } from "./tpe.ts";

type Create = (space: SearchSpace, seed: number) => Strategy;
const BUDGET = 24;
const limits = { budget: BUDGET, epochs: 9 };
const STRATEGIES: readonly (readonly [string, Create])[] = [
  ["grid", (space) => gridStrategy(space, limits)],
  ["random", (space, seed) => randomStrategy(space, { ...limits, seed })],
  ["halving", (space, seed) => halvingStrategy(space, { ...limits, seed, reduction: 3, leastEpochs: 1 })],
  ["tpe", (space, seed) => tpeStrategy(space, { ...limits, seed })],
];

/** Any number, the same for the same point: every eighth diverges. */
function scoreOf(point: Point): number | null {
  const sum = [...pointKey(point)].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 9973, 7);
  return sum % 8 === 0 ? null : sum;
}

describe.each(STRATEGIES)("%s", (_, create) => {
  it("stays within the space and the budget, has just the settings that are searched, and repeats no work", () => {
    fc.assert(
      fc.property(spaces, fc.nat(), (space, seed) => {
        const { jobs } = runAlone(create(space, seed), scoreOf);
        expect(new Set(jobs.map(({ candidate }) => candidate)).size).toBeLessThanOrEqual(BUDGET);
        const work = jobs.map(({ point, epochs }) => `${pointKey(point)} ${epochs}`);
        expect(new Set(work).size).toBe(work.length);
        for (const { point } of jobs) expectWithin(space, point);
      }),
      { numRuns: 60 },
    );
  });

  it("the same seed and results give the same next job, whatever was asked before", () => {
    fc.assert(
      fc.property(spaces, fc.nat(), fc.nat(), (space, seed, cut) => {
        const { jobs, scores } = runAlone(create(space, seed), scoreOf);
        const at = cut % (jobs.length + 1);
        const state = { jobs: jobs.slice(0, at), scores: scores.slice(0, at) };
        expect(create(space, seed).next(state)).toEqual(jobs[at]);
      }),
      { numRuns: 60 },
    );
  });

  it("an edited search goes on with what it has: a wider range keeps its candidates and fills the budget", () => {
    const narrow: SearchSpace = { eta: { kind: "log", from: 1e-3, to: 1e-2, points: 12 } };
    const wide: SearchSpace = { eta: { kind: "log", from: 1e-4, to: 1e-1, points: 12 } };
    const half = runAlone(create(narrow, 3), scoreOf);
    const kept = half.jobs.slice(0, 8);
    const strategy = create(wide, 3);
    const next = strategy.next({ jobs: kept, scores: half.scores.slice(0, 8) });
    const workOf = ({ point, epochs }: Job) => `${pointKey(point)} ${epochs}`;
    expect(next).toBeDefined();
    expect(kept.map(workOf)).not.toContain(next && workOf(next));
  });
});

it("random search draws other points for another seed", () => {
  const space: SearchSpace = { eta: { kind: "log", from: 1e-4, to: 1e-1 } };
  const points = [1, 2].map((seed) =>
    runAlone(randomStrategy(space, { ...limits, seed }), () => 0).jobs.map(({ point }) => pointKey(point)),
  );
  expect(points[0]?.filter((one) => points[1]?.includes(one))).toEqual([]);
});

it("random search is even over the logarithm: each decade gets its share", () => {
  const space: SearchSpace = { eta: { kind: "log", from: 1e-4, to: 1e-1 } };
  const { jobs } = runAlone(randomStrategy(space, { budget: 3000, epochs: 1, seed: 1 }), () => 0);
  const counts = [0, 0, 0];
  for (const { point } of jobs) {
    const decade = Math.floor(Math.log10(point.eta as number) + 4);
    counts[decade] = (counts[decade] ?? 0) + 1;
  }
  // 1000 are expected; the deviation is the root of 3000 · 1/3 · 2/3, about 26.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * 26);
});

it("a grid has every combination, the first setting slowest, and nothing of a setting that isn't searched", () => {
  const space: SearchSpace = {
    loss: { kind: "choice", values: ["softmax", "svm"] },
    noise: { kind: "choice", values: [0, 8], when: { loss: ["svm"] } },
    eta: { kind: "log", from: 0.01, to: 0.1 },
  };
  expect(gridPoints(space)).toEqual([
    { loss: "softmax", eta: 0.01 },
    { loss: "softmax", eta: 0.1 },
    { loss: "svm", noise: 0, eta: 0.01 },
    { loss: "svm", noise: 0, eta: 0.1 },
    { loss: "svm", noise: 8, eta: 0.01 },
    { loss: "svm", noise: 8, eta: 0.1 },
  ]);
});

function expectWithin(space: SearchSpace, point: Point): void {
  const expected = dimensionsOf(space).filter(([, dimension]) => isActive(dimension, point));
  expect(Object.keys(point)).toEqual(expected.map(([name]) => name));
  for (const [name, dimension] of expected) {
    const value = point[name];
    if (dimension.kind === "choice") expect(dimension.values).toContain(value);
    else {
      expect(value).toBeGreaterThanOrEqual(dimension.from);
      expect(value).toBeLessThanOrEqual(dimension.to);
      if (dimension.whole) expect(Number.isInteger(value)).toBe(true);
    }
  }
}
