import fc from "fast-check";
import { expect, it } from "vitest";
import { addPlace, type Place, timeToEnd } from "./places.ts";

const after = (places: readonly Place[]): readonly Place[] => places.reduce(addPlace, [] as readonly Place[]);

it("an even pace gives the time that is left", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 500, max: 1e6 }), (count, pause) => {
      const places = after(
        Array.from({ length: count }, (_, index) => ({ x: 10 * (index + 1), time: index * pause })),
      );
      expect(places.length).toBeLessThanOrEqual(16);
      expect(timeToEnd(places, 10 * (count + 7))).toBeCloseTo(7 * pause, 3);
    }),
    { seed: 1 },
  );
});

it("what was there before is no pace: forty epochs from a file, then one in a minute", () => {
  const file = Array.from({ length: 40 }, (_, index) => ({ x: index + 1, time: 1000 + index }));
  expect(timeToEnd(after(file), 50)).toBeUndefined();
  expect(timeToEnd(after([...file, { x: 41, time: 61_000 }]), 50)).toBe(9 * 60_000);
});

it("a split that is told behind, and a clock that steps back, change nothing", () => {
  const places = after([
    { x: 1, time: 1000 },
    { x: 2, time: 2000 },
  ]);
  expect(addPlace(places, { x: 2, time: 9000 })).toBe(places);
  expect(addPlace(places, { x: 3, time: 500 })).toBe(places);
});

it("a run that is over its end, or whose end isn't known, has nothing left", () => {
  const places = after([
    { x: 1, time: 0 },
    { x: 9, time: 2000 },
  ]);
  expect(timeToEnd(places, 8)).toBe(0);
  expect(timeToEnd(places, 0)).toBeUndefined();
});
