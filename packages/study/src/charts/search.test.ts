import { describe, expect, test } from "vitest";
import type { SearchPoint } from "../stages/results.ts";
import { seededSearch } from "../testing/study.ts";
import { accuracyDomain } from "./search.ts";
import { isCovered, searchAxes, tilesOf } from "./search-tiles.ts";

const { points } = seededSearch();
const axes = searchAxes(points);
const passOf = (pass: string, batchSize: number): readonly SearchPoint[] =>
  points.filter((point) => point.pass === pass && point.batchSize === batchSize);

describe("tiles of a search", () => {
  const coarse = tilesOf(passOf("coarse", 200), axes);
  const fine = tilesOf(passOf("fine", 200), axes);

  test("stand at the logarithms of their settings", () => {
    const [tile] = fine;
    expect(10 ** (tile?.x ?? 0)).toBeCloseTo(tile?.point.learningRate ?? 0, 12);
    expect(10 ** (tile?.y ?? 0)).toBeCloseTo(tile?.point.lambda ?? 0, 12);
  });

  test("of one pass cover its rectangle once: neither gap nor overlap", () => {
    for (const tiles of [coarse, fine]) {
      const area = tiles.reduce(
        (sum, { left, right, bottom, top }) => sum + (right - left) * (top - bottom),
        0,
      );
      const width = Math.max(...tiles.map(({ right }) => right)) - Math.min(...tiles.map(({ left }) => left));
      const height = Math.max(...tiles.map(({ top }) => top)) - Math.min(...tiles.map(({ bottom }) => bottom));
      expect(area).toBeCloseTo(width * height, 9);
      for (const one of tiles)
        expect(
          isCovered(
            one,
            tiles.filter((other) => other !== one),
          ),
        ).toBe(false);
    }
  });

  test("of the fine pass hide the one coarse point around which they are", () => {
    const hidden = coarse.filter((tile) => isCovered(tile, fine)).map(({ point }) => point);
    expect(hidden.map(({ lambda, learningRate }) => [lambda, learningRate])).toEqual([[0.001, 0.01]]);
  });

  test("a lambda of zero is the lowest", () => {
    const { y } = searchAxes([{ lambda: 0 }, { lambda: 0.001 }, { lambda: 0.1 }] as SearchPoint[]);
    expect([0, 0.001, 0.1].map(y)).toEqual([-4, -3, -1]);
    expect(searchAxes([{ lambda: 0 }] as SearchPoint[]).y(0)).toBe(0);
  });
});

describe("a search's range of colours", () => {
  const withAccuracies = (...values: (number | null)[]): SearchPoint[] =>
    values.map((validationAccuracy) => ({ validationAccuracy }) as SearchPoint);

  test("is whole per cent around all accuracies", () => {
    expect(accuracyDomain(withAccuracies(0.371, 0.413, null))).toEqual([37, 42]);
  });

  test("is never empty", () => {
    expect(accuracyDomain(withAccuracies(0.25, 0.25))).toEqual([24, 25]);
    expect(accuracyDomain(withAccuracies(null))).toEqual([0, 100]);
  });

  test("isn't spent on what hardly learns", () => {
    expect(accuracyDomain(withAccuracies(0.1, 0.371, 0.413))).toEqual([32, 42]);
  });
});
