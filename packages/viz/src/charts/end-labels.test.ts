import { createRandom, RandomStream } from "@trainscope/core";
import { describe, expect, test } from "vitest";
import { labelShifts } from "./end-labels.ts";

const HEIGHT = 200;
const DISTANCE = 15;

function placesOf(wanted: readonly number[]): number[] {
  const shifts = labelShifts(wanted, HEIGHT, DISTANCE);
  return wanted.map((place, index) => place + (shifts[index] ?? 0));
}

describe("labels at the ends of lines", () => {
  test("keep apart, in their order, and within the plot, however close the lines end", () => {
    const random = createRandom(1, RandomStream.sample);
    for (let trial = 0; trial < 300; trial++) {
      const width = random.uniform();
      const from = (1 - width) * random.uniform();
      const count = 1 + Math.floor(12 * random.uniform());
      const wanted = Array.from({ length: count }, () => HEIGHT * (from + width * random.uniform()));
      const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
      const found = placesOf(wanted);
      const places = order.map((index) => found[index] ?? Number.NaN);
      places.slice(1).forEach((place, index) => {
        expect(place - (places[index] ?? 0)).toBeGreaterThan(DISTANCE - 0.5);
      });
      expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...places)).toBeLessThanOrEqual(HEIGHT);
    }
  });

  test("stay where they are where there is room", () => {
    expect(labelShifts([10, 60, 25], HEIGHT, DISTANCE)).toEqual([0, 0, 0]);
  });

  test("of two that coincide each gives way by half", () => {
    expect(placesOf([100, 100])).toEqual([92.5, 107.5]);
  });
});
