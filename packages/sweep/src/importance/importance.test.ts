import fc from "fast-check";
import { expect, it } from "vitest";
import { drawNewPoint } from "../draw.ts";
import { type Point, pointKey, type SearchSpace } from "../space.ts";
import { settingImportance } from "./importance.ts";

const unit = { kind: "linear", from: 0, to: 1 } as const;
const space: SearchSpace = {
  a: unit,
  b: { kind: "log", from: 1e-4, to: 1 },
  c: { kind: "choice", values: ["x", "y", "z"] },
  none: unit,
};

function scoredBy(score: (point: Point) => number | null, of: SearchSpace = space, count = 300) {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, candidate) => {
    const point = drawNewPoint(of, { seed: 7, candidate, taken }) ?? expect.unreachable();
    taken.add(pointKey(point));
    return { point, score: score(point) };
  });
}

const a = ({ a }: Point): number => Number(a);
/** 0 to 1, evenly over the logarithm. */
const b = ({ b }: Point): number => 1 + Math.log10(Number(b)) / 4;
const c = ({ c }: Point): number => ({ x: 0, y: 0, z: 1 })[String(c)] ?? Number.NaN;

function sharesOf(score: (point: Point) => number | null): Record<string, number> {
  const found = settingImportance(space, scoredBy(score), { seed: 0 }) ?? expect.unreachable();
  const settings = found.settings.map(({ name, share }) => [name, share] as const);
  return Object.fromEntries([...settings, ["together", found.together.share]]);
}

/** Trees of 300 points are steps: near what the formula gives, not at it. */
const NEAR = 0.06;

it.each<[string, (point: Point) => number, Record<string, number>]>([
  // The variance of the unit interval is 1/12: shares go with the squares of the factors.
  ["3a + b", (point) => 3 * a(point) + b(point), { a: 0.9, b: 0.1 }],
  ["a", a, { a: 1 }],
  // The variance of one of three is 2/9.
  ["a + c", (point) => a(point) + c(point), { a: 1 / 12 / (1 / 12 + 2 / 9), c: 2 / 9 / (1 / 12 + 2 / 9) }],
  // Neither matters by itself.
  ["(a - 1/2)(b - 1/2)", (point) => (a(point) - 0.5) * (b(point) - 0.5), { together: 1 }],
])("%s: shares of the variance as the formula gives them", (_, score, expected) => {
  const shares = sharesOf(score);
  for (const [name, share] of Object.entries(shares)) {
    const near = name === "together" || expected.together !== undefined ? 2.5 * NEAR : NEAR;
    expect(Math.abs(share - (expected[name] ?? 0)), `${name} ${share}`).toBeLessThan(near);
  }
});

it("shares are 0 to 1 and, with what only several explain, make up the whole", () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 30 }),
      (scores) => {
        const points = scoredBy(() => 0, space, scores.length);
        const scored = points.map(({ point }, index) => ({ point, score: scores[index] ?? 0 }));
        const found = settingImportance(space, scored, { seed: 1, trees: 8 });
        if (found === undefined) return;
        const all = [...found.settings, found.together];
        for (const { share } of all) expect(share).toBeGreaterThanOrEqual(0);
        expect(all.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
      },
    ),
    { numRuns: 40 },
  );
});

it("does not depend on the unit or the direction of the score, and is the same for the same seed", () => {
  const of = (score: (point: Point) => number) =>
    settingImportance(space, scoredBy(score, space, 60), { seed: 3 });
  const one = of((point) => a(point) + b(point));
  expect(of((point) => a(point) + b(point))).toEqual(one);
  const other = of((point) => 5 - 100 * (a(point) + b(point)));
  other?.settings.forEach(({ share }, index) => {
    expect(share).toBeCloseTo(one?.settings[index]?.share ?? Number.NaN, 2);
  });
});

it("fewer points leave more doubt", () => {
  const doubt = (count: number): number =>
    settingImportance(
      space,
      scoredBy((point) => a(point) + b(point), space, count),
      { seed: 0 },
    )?.settings[0]?.deviation ?? Number.NaN;
  expect(doubt(12)).toBeGreaterThan(2 * doubt(300));
});

it("what diverged counts as the worst", () => {
  // As a third of the space at 0.1 beside 0.1 a: by the formula c explains 1/2 of the variance, a 1/3.
  const shares = sharesOf((point) => (point.c === "z" ? null : 0.1 * a(point)));
  expect(Math.abs((shares.c ?? 0) - 1 / 2)).toBeLessThan(NEAR);
  expect(Math.abs((shares.a ?? 0) - 1 / 3)).toBeLessThan(NEAR);
});

it("has nothing to say of too few points, nor where all came to the same", () => {
  expect(settingImportance(space, scoredBy(a, space, 3), { seed: 0 })).toBeUndefined();
  expect(
    settingImportance(
      space,
      scoredBy(() => 1),
      { seed: 0 },
    ),
  ).toBeUndefined();
  expect(
    settingImportance(
      space,
      scoredBy(() => null),
      { seed: 0 },
    ),
  ).toBeUndefined();
});
