import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_POINTS, Series } from "./series.ts";

function of(...points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const series = new Series("train/loss");
  for (const [x, y] of points) series.add(x, y);
  const { xs, ys } = series.points();
  return xs.map((x, index) => [x, ys[index] ?? Number.NaN]);
}

describe("Series", () => {
  it("the newest value of an x counts", () => {
    expect(of([1, 9], [2, 8], [2, 7])).toEqual([
      [1, 9],
      [2, 7],
    ]);
  });

  it("a run that goes on from earlier takes back what came later", () => {
    expect(of([1, 9], [2, 8], [3, 7], [4, 6], [2, 1], [3, 2])).toEqual([
      [1, 9],
      [2, 1],
      [3, 2],
    ]);
  });

  it("a single point that is told again takes back nothing else", () => {
    expect(of([1, 9], [2, 8], [3, 7], [2, 1])).toEqual([
      [1, 9],
      [2, 1],
      [3, 7],
    ]);
  });

  it("x rises strictly, whatever order the points come in", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(9))), (points) => {
        const xs = of(...points).map(([x]) => x);
        expect(xs.every((x, index) => index === 0 || x > (xs[index - 1] ?? 0))).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it("beyond a million points it is thinned, and no extreme is lost", () => {
    const series = new Series("train/loss");
    for (let x = 0; x <= MOST_POINTS; x++) series.add(x, x === 123_457 ? 99 : x === 654_321 ? -99 : x % 7);
    const { xs, ys } = series.points();
    expect([series.isThinned, xs.length < MOST_POINTS]).toEqual([true, true]);
    expect([xs[ys.indexOf(99)], xs[ys.indexOf(-99)]]).toEqual([123_457, 654_321]);
  });
});
