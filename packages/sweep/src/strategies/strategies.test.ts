// What all strategies promise.
import { createRandom } from "@trainscope/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawUniform } from "../draw.ts";
import { dimensionsOf, isActive, type Point, pointKey, type SearchSpace } from "../space.ts";
import type { Job, SearchLimits, Strategy } from "../strategy.ts";
import { runAlone, spaces } from "../testing/spaces.ts";
import { gridPoints, gridSize, gridStrategy } from "./grid.ts";
import { halvingStrategy } from "./halving.ts";
import { randomStrategy } from "./random.ts";
import { tpeStrategy } from "./tpe.ts";

type Create = (space: SearchSpace, seed: number, given?: Partial<SearchLimits>) => Strategy;
const BUDGET = 24;
const limits = { budget: BUDGET, epochs: 9 };
const ETA_3 = { reduction: 3, leastEpochs: 1 };
const STRATEGIES: readonly (readonly [string, Create])[] = [
  ["grid", (space, _, given) => gridStrategy(space, { ...limits, ...given })],
  ["random", (space, seed, given) => randomStrategy(space, { ...limits, seed, ...given })],
  ["halving", (space, seed, given) => halvingStrategy(space, { ...limits, seed, ...ETA_3, ...given })],
  ["tpe", (space, seed, given) => tpeStrategy(space, { ...limits, seed, ...given })],
];
const TWO_VALUES: SearchSpace = { eta: { kind: "choice", values: [1, 2] } };

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

  it("keeps nothing of one search for another: asked about any states in any order, it says what a new one says", () => {
    fc.assert(
      fc.property(spaces, fc.nat(), fc.array(fc.nat(), { minLength: 2, maxLength: 6 }), (space, seed, cuts) => {
        const [one, other] = [seed, seed + 1].map((each) => runAlone(create(space, each), scoreOf));
        const asked = create(space, seed);
        for (const cut of cuts) {
          const { jobs, scores } = (cut % 2 === 0 ? one : other) as NonNullable<typeof one>;
          const at = (cut >> 1) % (jobs.length + 1);
          const state = { jobs: jobs.slice(0, at), scores: scores.slice(0, at) };
          expect(asked.next(state)).toEqual(create(space, seed).next(state));
        }
      }),
      { numRuns: 40 },
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

describe.each(STRATEGIES)("%s", (_, create) => {
  it.each<[string, Partial<SearchLimits>]>([
    ["budget is 0; expected a whole number of at least 1", { budget: 0 }],
    ["budget is 1.5", { budget: 1.5 }],
    ["epochs is NaN", { epochs: Number.NaN }],
    ["epochs is 0", { epochs: 0 }],
  ])("refuses limits that no search can have: %s", (message, given) => {
    expect(() => create(TWO_VALUES, 0, given)).toThrow(message);
    expect(() => create(TWO_VALUES, 0, given)).toThrow(expect.objectContaining({ code: "BAD_OPTION" }));
  });
});

it.each(STRATEGIES.slice(1))("%s refuses a seed that names no draws", (_, create) => {
  for (const seed of [-1, 0.5, Number.NaN]) {
    expect(() => create(TWO_VALUES, seed)).toThrow(`seed is ${seed}; expected a whole number of at least 0`);
  }
});

it.each(STRATEGIES.slice(0, 3))(
  "%s writes down each point for comparison a few times at most, however many there are",
  (_, create) => {
    let written = 0;
    const values = Array.from({ length: 200 }, (_, index) => ({
      toJSON() {
        written++;
        return index;
      },
    }));
    const { jobs } = runAlone(create({ eta: { kind: "choice", values } }, 1, { budget: 20 }), () => null);
    const ofFew = written;
    written = 0;
    const more = runAlone(create({ eta: { kind: "choice", values } }, 1, { budget: 40 }), () => null);
    expect([jobs.length, more.jobs.length]).toEqual([20, 40]);
    // Quadratic costs would be four times as much.
    expect(written).toBeLessThan(3 * Math.max(ofFew, 200));
  },
);

it.each<[string, SearchSpace]>([
  ["choices", { eta: { kind: "choice", values: Array.from({ length: 1000 }, (_, index) => index) } }],
  ["whole numbers", { eta: { kind: "log", from: 1, to: 1000, whole: true } }],
  [
    "a tree",
    {
      loss: { kind: "choice", values: ["softmax", "svm"] },
      noise: { kind: "linear", from: 1, to: 999, whole: true, when: { loss: ["svm"] } },
    },
  ],
])("random search ends with every point of a space of %s, and not before", (_, space) => {
  const { jobs } = runAlone(randomStrategy(space, { budget: 2000, epochs: 1, seed: 1 }), () => 0);
  expect(new Set(jobs.map(({ point }) => pointKey(point))).size).toBe(1000);
});

it("whole numbers are drawn evenly, the ends among them", () => {
  const counts = new Map<number, number>();
  const range = { kind: "linear", from: -1, to: 2, whole: true } as const;
  const random = createRandom(3, 99);
  for (let draw = 0; draw < 4000; draw++) {
    const value = drawUniform(range, random) as number;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  // 1000 are expected; the deviation is the root of 4000 · 1/4 · 3/4, about 27. A 0 may not be -0.
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * 27);
});

it("a grid's size is counted without its points, and is never less than they are", () => {
  fc.assert(
    fc.property(spaces, (space) => {
      expect(gridSize(space)).toBeGreaterThanOrEqual(gridPoints(space).length);
    }),
  );
  expect(gridSize({ a: { kind: "linear", from: 0, to: 1 }, b: { kind: "log", from: 1e-4, to: 1 } })).toBe(25);
  expect(gridSize({ a: { kind: "linear", from: 0, to: 1, points: 1e9 } })).toBe(1e9);
  expect(gridSize({ a: { kind: "linear", from: 1, to: 3, whole: true } })).toBe(3);
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
