import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDimension } from "./parse-dimension.ts";
import { gridOf, placeOf, valueAt } from "./range.ts";
import { checkSpace, pointKey, type Range, type SearchSpace } from "./space.ts";

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

  it.each(["log:1e-4", "log:1e-4....1", "1e-4..1e-1", "linear:a..b", "log:1..2/x"])("refuses %s", (text) => {
    expect(() => parseDimension(text, NUMBER)).toThrow(`"${text}" is no range that can be searched`);
  });
});

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
  });
});
