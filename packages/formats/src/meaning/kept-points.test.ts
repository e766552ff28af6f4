import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeptPoints } from "./kept-points.ts";
import type { Point } from "./meant.ts";

const point = (x: number, values: Point["values"]): Point => ({
  kind: "point",
  x,
  values,
  machine: [],
  learningRates: [],
  time: undefined,
  of: undefined,
});

const told = (points: readonly Point[], most?: number): KeptPoints => {
  const kept = new KeptPoints(most);
  for (const one of points) kept.add(one);
  return kept;
};

/** Series at a pace of their own: a value at every x, every second and every third. */
const series = fc
  .array(fc.double({ noDefaultInfinity: true }), { minLength: 1, maxLength: 200 })
  .map((values) =>
    values.map((value, index) =>
      point(
        index,
        ["train/loss", "validation/loss", "test/loss"].flatMap((tag, pace) =>
          index % (pace + 1) === 0 ? [[tag, value + pace] as const] : [],
        ),
      ),
    ),
  );

describe("what a watched run has told", () => {
  it("is there again, point for point, with what was told beside the figures", () => {
    const points: readonly Point[] = [
      {
        ...point(1, [["train/loss", 2]]),
        machine: [["train/time", 0.5]],
        learningRates: [{ name: "lr", value: 0.1 }],
        time: 1000,
        of: 40,
      },
      {
        ...point(2, [
          ["train/loss", 1],
          ["validation/loss", null],
        ]),
        of: 40,
        time: 2000,
      },
      { ...point(3.5, []), learningRates: [{ name: "lr", value: 0.2 }], of: 40 },
    ];
    expect(told(points).points()).toEqual(points);
  });

  it("keeps at most so many points of a figure, and of each its extremes, its first and its last", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 12, max: 60 }), (points, most) => {
        const kept = told(points, most).points();
        for (const tag of ["train/loss", "validation/loss", "test/loss"]) {
          const of = (all: readonly Point[]) =>
            all.flatMap(({ x, values }) => values.flatMap(([one, value]) => (one === tag ? [[x, value]] : [])));
          const [before, now] = [of(points), of(kept)];
          const numbers = (all: typeof now) =>
            all.flatMap(([, value]) =>
              value === null || value === undefined || Number.isNaN(value) ? [] : [value],
            );
          expect(now.length).toBeLessThanOrEqual(most);
          expect(now.map(([x]) => x)).toEqual(
            before.map(([x]) => x).filter((x) => now.some(([at]) => at === x)),
          );
          expect([now[0]?.[0], now.at(-1)?.[0]]).toEqual([before[0]?.[0], before.at(-1)?.[0]]);
          for (const extreme of [Math.min, Math.max]) {
            expect(extreme(...numbers(now))).toBe(extreme(...numbers(before)));
          }
        }
      }),
      { seed: 1 },
    );
  });
});
