import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "../text/rows.ts";
import { epochLabels, epochTicks } from "./axes.ts";

const axis = fc.record({
  first: fc.integer({ min: 1, max: 20_000 }),
  length: fc.integer({ min: 0, max: 20_000 }),
  columns: fc.integer({ min: 6, max: 200 }),
  strong: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
});

describe("epochTicks", () => {
  it("never lets two labels touch, and always has room for the one that is asked for", () => {
    fc.assert(
      fc.property(axis, ({ first, length, columns, strong }) => {
        const last = first + length;
        const asked = strong === undefined ? undefined : first + Math.round(strong * length);
        const columnOf = (epoch: number): number =>
          length === 0 ? 0 : Math.round(((epoch - first) / length) * (columns - 1));
        const ticks = epochTicks(first, last, columns, columnOf, asked);
        const text = plainText(epochLabels(ticks, new Map(), 0, columns));
        expect(text).toHaveLength(columns);
        // A label that another one touched would be read as one longer number.
        expect(text.trim().split(/ +/)).toEqual(ticks.map(({ label }) => label));
        if (asked !== undefined) expect(ticks.some(({ label }) => label === String(asked))).toBe(true);
      }),
    );
  });
});

describe("the labels of steps", () => {
  const labels = (first: number, last: number, strong?: number) =>
    epochTicks(first, last, 80, (x) => Math.round(((x - first) / (last - first)) * 79), strong).map(
      ({ label }) => label,
    );

  it("are short where that loses nothing, and all digits where they are read off", () => {
    expect(labels(10, 60_000)).toEqual(["10", "10k", "20k", "30k", "40k", "50k", "60k"]);
    expect(labels(10, 60_000, 12_340)).toContain("12340");
    expect(labels(1_234_100, 1_234_600)).toEqual([
      "1234100",
      "1234200",
      "1234300",
      "1234400",
      "1234500",
      "1234600",
    ]);
  });

  it("are parts of an epoch where an end is none", () => {
    expect(labels(0.02, 0.5)).toEqual(["0.02", "0.1", "0.2", "0.3", "0.4", "0.5"]);
  });
});
