import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDimension } from "./parse-dimension.ts";
import { gridOf, placeOf, valueAt } from "./range.ts";
import { type Condition, checkSpace, type Dimension, pointKey, type Range, type SearchSpace } from "./space.ts";

const NUMBER = { value: Number, isNumber: true, whole: false };

describe("parseDimension", () => {
  it.each([
    ["log:1e-4..1e-1", { kind: "log", from: 1e-4, to: 0.1 }],
    [" linear:0..0.5/6 ", { kind: "linear", from: 0, to: 0.5, points: 6 }],
    ["LOG:.5..2", { kind: "log", from: 0.5, to: 2 }],
    ["0,1e-3, 0.1", { kind: "choice", values: [0, 1e-3, 0.1] }],
    ["7", { kind: "choice", values: [7] }],
  ])("reads %s", (text, expected) => {
    expect(parseDimension(text, NUMBER)).toEqual(expected);
  });

  it("marks the range of a whole number, and keeps words as words", () => {
    expect(parseDimension("log:16..512", { ...NUMBER, whole: true })).toMatchObject({ whole: true });
    const words = { value: (text: string) => text, isNumber: false, whole: false };
    expect(parseDimension("softmax,svm", words)).toEqual({ kind: "choice", values: ["softmax", "svm"] });
    expect(() => parseDimension("log:1..2", words)).toThrow("the setting is no number");
  });

  it.each(["log:1e-4", "log:1e-4....1", "1e-4..1e-1", "linear:a..b", "log:1..2/x", "linear:0...5"])(
    "refuses %s",
    (text) => {
      expect(() => parseDimension(text, NUMBER)).toThrow(`"${text}" is no range that can be searched`);
    },
  );
});

const LOSS: SearchSpace = { loss: { kind: "choice", values: ["softmax", "svm"] } };
const BATCH: SearchSpace = { batch: { kind: "log", from: 16, to: 64, whole: true } };
const dependent = (when: Condition): Dimension => ({ kind: "choice", values: [0, 1], when });

describe("checkSpace", () => {
  it.each<[SearchSpace, string]>([
    [{}, "the search space has no setting"],
    [{ a: { kind: "choice", values: [] } }, "a has no value"],
    [{ a: { kind: "choice", values: [1, { x: 1, y: 2 }, { y: 2, x: 1 }] } }, "a has the value an object twice"],
    [{ a: { kind: "log", from: 0, to: 1 } }, "a has the bound 0; expected a number above 0"],
    [{ a: { kind: "linear", from: 2, to: 1 } }, "a goes from 2 to 1; expected the smaller number first"],
    [{ a: { kind: "linear", from: 1, to: 1 } }, "a goes from 1 to 1"],
    [{ a: { kind: "linear", from: 0.5, to: 3, whole: true } }, "a has the bound 0.5; expected a whole number"],
    [{ a: { kind: "linear", from: 0, to: Number.POSITIVE_INFINITY } }, "expected a number"],
    [
      { a: { kind: "linear", from: 0, to: 1, points: 1 } },
      "a has 1 points; expected a whole number of at least 2",
    ],
    [{ a: { kind: "normal" } as never }, 'a has the kind "normal"; expected one of log, linear, choice'],
    [
      { a: { kind: "linear", from: -1e308, to: 1e308 } },
      "a goes from -1e+308 to 1e+308, which is too far apart for a number",
    ],
    [
      { ...LOSS, noise: dependent({ loss: ["svn"] }) },
      `noise depends on loss "svn", which loss can't be (is svm meant?)`,
    ],
    [{ ...LOSS, noise: dependent({ loss: ["softmax", 3] }) }, "noise depends on loss 3, which loss can't be"],
    [{ ...LOSS, noise: dependent({ loss: [] }) }, "noise depends on loss with no value; expected at least one"],
    [{ ...BATCH, noise: dependent({ batch: [16, 65] }) }, "noise depends on batch 65, which batch can't be"],
    [{ ...BATCH, noise: dependent({ batch: [16.5] }) }, "noise depends on batch 16.5, which batch can't be"],
    [{ a: 3 as never }, "a is 3; expected an object with a kind"],
    [{ a: { kind: "choice", values: [1], when: { b: 1 } as never } }, "a has the condition an object"],
    [
      {
        noise: { kind: "choice", values: [1], when: { los: ["svm"] } },
        loss: { kind: "choice", values: ["svm"] },
      },
      "noise depends on los, which doesn't stand before it",
    ],
  ])("refuses %j", (space, message) => {
    expect(() => checkSpace(space)).toThrow(expect.objectContaining({ code: "BAD_OPTION" }));
    expect(() => checkSpace(space)).toThrow(message);
  });

  it("takes conditions that can hold", () => {
    checkSpace({ ...LOSS, ...BATCH, noise: dependent({ loss: ["svm"], batch: [16, 64] }) });
  });
});

it("the name of a point doesn't depend on the order of its settings, nor on that within them", () => {
  expect(pointKey({ b: { y: 1, x: [2, 1] }, a: 0 })).toBe(pointKey({ a: 0, b: { x: [2, 1], y: 1 } }));
  expect(pointKey({ a: 1 })).not.toBe(pointKey({ a: "1" }));
});

describe("a range", () => {
  const ranges = fc
    .record({
      kind: fc.constantFrom("log" as const, "linear" as const),
      from: fc.double({ min: 1e-8, max: 1e3, noNaN: true }),
      factor: fc.double({ min: 1.001, max: 1e6, noNaN: true }),
    })
    .map(({ kind, from, factor }): Range => ({ kind, from, to: from * factor }));

  it("has its numbers inside, in order, and finds their places again", () => {
    fc.assert(
      fc.property(ranges, fc.double({ min: 0, max: 1, noNaN: true }), (range, u) => {
        const value = valueAt(range, u);
        expect(value).toBeGreaterThanOrEqual(range.from);
        expect(value).toBeLessThanOrEqual(range.to);
        // Six digits of a number move its place by as much, relative to the width of the range.
        const width =
          range.kind === "log" ? Math.log(range.to / range.from) : (range.to - range.from) / range.to;
        expect(Math.abs(placeOf(range, value) - u)).toBeLessThanOrEqual(2e-5 / Math.min(1, width));
      }),
    );
  });

  it("gives a grid a point a decade, both ends and no number twice", () => {
    expect(gridOf({ kind: "log", from: 1e-4, to: 0.1 })).toEqual([1e-4, 1e-3, 1e-2, 0.1]);
    expect(gridOf({ kind: "linear", from: 0, to: 0.5, points: 3 })).toEqual([0, 0.25, 0.5]);
    expect(gridOf({ kind: "linear", from: 1, to: 3, whole: true })).toEqual([1, 2, 3]);
    expect(gridOf({ kind: "linear", from: 0, to: 1.2345644, points: 2 })).toEqual([0, 1.2345644]);
    expect(gridOf({ kind: "linear", from: 1e6, to: 1e6 + 1 })).toEqual([
      1e6,
      1e6 + 0.25,
      1e6 + 0.5,
      1e6 + 0.75,
      1e6 + 1,
    ]);
    expect(gridOf({ kind: "log", from: 1e-300, to: 1e300, points: 3 })).toEqual([1e-300, 1, 1e300]);
    expect(gridOf({ kind: "log", from: 1e-300, to: 1e300 })).toHaveLength(601);
  });

  it("gives a grid both ends and as many points as are asked for", () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 2, max: 50 }), (range, points) => {
        const grid = gridOf({ ...range, points });
        expect([grid.length, grid[0], grid.at(-1)]).toEqual([points, range.from, range.to]);
        expect(grid).toEqual(grid.toSorted((a, b) => a - b));
      }),
    );
  });

  it("of whole numbers each is found again at its place, in the middle of those that are rounded to it", () => {
    const wholes = fc.record({
      kind: fc.constantFrom("log" as const, "linear" as const),
      from: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(wholes, fc.nat(500), fc.nat(500), ({ kind, from }, before, after) => {
        const range: Range = { kind, from, to: from + before + after + 1, whole: true };
        const value = from + before;
        expect(valueAt(range, placeOf(range, value))).toBe(value);
        expect(placeOf(range, value)).toBeGreaterThan(0);
        expect(placeOf(range, value)).toBeLessThan(1);
      }),
    );
  });
});
