import { createRandom } from "@trainscope/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Point, SearchSpace } from "../space.ts";
import { runAlone } from "../testing/spaces.ts";
import { choiceDensity, normalCdf, parzenDensity } from "./parzen.ts";
import { randomStrategy } from "./random.ts";
import { tpeStrategy } from "./tpe.ts";

const numberOf = (point: Point, name: string): number => point[name] as number;

interface Problem {
  readonly name: string;
  readonly space: SearchSpace;
  readonly scoreOf: (point: Point) => number;
  /** The least value that there is. */
  readonly optimum: number;
}

const PROBLEMS: readonly Problem[] = [
  {
    // The optimum is at λ = 1e-3, η = 1e-2.
    name: "a bowl over two logarithmic ranges",
    space: { eta: { kind: "log", from: 1e-5, to: 1 }, lambda: { kind: "log", from: 1e-6, to: 1 } },
    scoreOf: (point) =>
      (Math.log10(numberOf(point, "eta")) + 2) ** 2 + (Math.log10(numberOf(point, "lambda")) + 3) ** 2,
    optimum: 0,
  },
  {
    // Three minima of the same depth (Dixon & Szegö 1978).
    name: "Branin's function",
    space: { x: { kind: "linear", from: -5, to: 10 }, y: { kind: "linear", from: 0, to: 15 } },
    scoreOf: (point) => {
      const [x, y] = [numberOf(point, "x"), numberOf(point, "y")];
      const curve = y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6;
      return curve ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
    optimum: 0.397887,
  },
  {
    name: "a tree: a choice decides which range counts",
    space: {
      kind: { kind: "choice", values: ["a", "b", "c", "d"] },
      left: { kind: "linear", from: 0, to: 1, when: { kind: ["a", "b"] } },
      right: { kind: "linear", from: 0, to: 1, when: { kind: ["c", "d"] } },
    },
    scoreOf: (point) =>
      point.kind === "c"
        ? Math.abs(numberOf(point, "right") - 0.7)
        : 0.5 + numberOf({ left: 0, ...point }, "left"),
    optimum: 0,
  },
];

describe.each(PROBLEMS)("on $name", ({ space, scoreOf, optimum }) => {
  it("comes nearer to the optimum than random search with as many trials", () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const limits = { budget: 60, epochs: 1 };
    const regretOf = (create: typeof tpeStrategy, seed: number): number =>
      Math.min(...runAlone(create(space, { ...limits, seed }), scoreOf).scores.map((score) => score ?? 1e9)) -
      optimum;
    const pairs = seeds.map((seed) => [regretOf(tpeStrategy, seed), regretOf(randomStrategy, seed)] as const);
    for (const [tpe, random] of pairs) expect(Math.min(tpe, random)).toBeGreaterThanOrEqual(-1e-6);
    const wins = pairs.filter(([tpe, random]) => tpe < random).length;
    // Of 40 fair coins, 29 or more fall on one side with a probability of 0.003.
    expect(wins).toBeGreaterThanOrEqual(29);
    const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[20] as number;
    expect(medianOf(pairs.map(([tpe]) => tpe))).toBeLessThan(0.5 * medianOf(pairs.map(([, random]) => random)));
  });
});

it("a score that is no number counts among the bad ones, as one that diverged", () => {
  const space: SearchSpace = { eta: { kind: "log", from: 1e-5, to: 1 } };
  const pointsWith = (lost: null | number) =>
    runAlone(tpeStrategy(space, { budget: 40, epochs: 1, seed: 2 }), (point) =>
      numberOf(point, "eta") > 1e-2 ? lost : Math.abs(Math.log10(numberOf(point, "eta")) + 3),
    ).jobs;
  expect(pointsWith(Number.NaN)).toEqual(pointsWith(null));
});

describe("a Parzen density", () => {
  const observations = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

  it("integrates to 1 over the unit interval", () => {
    fc.assert(
      fc.property(observations, (values) => {
        const density = parzenDensity(values);
        const steps = 20_000;
        let sum = 0;
        for (let step = 0; step < steps; step++) sum += Math.exp(density.logDensity((step + 0.5) / steps));
        expect(sum / steps).toBeCloseTo(1, 4);
      }),
      { numRuns: 30 },
    );
  });

  it("is what it draws from: the share below each decile", () => {
    const density = parzenDensity([0.1, 0.15, 0.8]);
    const random = createRandom(1, 99);
    const drawn = Array.from({ length: 20_000 }, () => density.draw(random));
    for (let decile = 0.1; decile < 1; decile += 0.1) {
      const steps = 2000;
      let below = 0;
      for (let step = 0; step < steps; step++) {
        below += (decile / steps) * Math.exp(density.logDensity((decile * (step + 0.5)) / steps));
      }
      // Four deviations of a share of 20,000 draws.
      expect(Math.abs(drawn.filter((value) => value < decile).length / 20_000 - below)).toBeLessThan(0.0145);
    }
  });

  it("of choices gives each one more than it was seen", () => {
    const density = choiceDensity([2, 2, 0], 3);
    expect([0, 1, 2].map((choice) => Math.exp(density.logDensity(choice)))).toEqual([
      expect.closeTo(2 / 6),
      expect.closeTo(1 / 6),
      expect.closeTo(3 / 6),
    ]);
    const random = createRandom(2, 99);
    const drawn = Array.from({ length: 6000 }, () => density.draw(random));
    expect(Math.abs(drawn.filter((choice) => choice === 2).length - 3000)).toBeLessThan(160);
  });

  it.each([
    [0, 0.5],
    [1, 0.8413447461],
    [-1, 0.1586552539],
    [1.959963985, 0.975],
    [-4, 3.167124e-5],
  ])("the normal distribution has, below %d, %d", (z, expected) => {
    expect(Math.abs(normalCdf(z) - expected)).toBeLessThan(1e-7);
  });
});
