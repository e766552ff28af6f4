import { expect, test } from "vitest";
import {
  counted,
  decimal,
  duration,
  fixed,
  joined,
  percentSpread,
  points,
  signedPoints,
  spelled,
  tiny,
} from "./numbers.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");

test("minus is a minus sign, and zero has none", () => {
  expect([fixed(-0.04, 1), fixed(-0.06, 1), signedPoints(0.0124), signedPoints(-0.0004)]).toEqual([
    "0.0",
    "−0.1",
    "+1.2",
    "0.0",
  ]);
});

test("one point is singular, as shown", () => {
  expect([0.01, 0.0104, 0.011, -0.01].map((x) => plain(points(x)))).toEqual([
    "1.0 point",
    "1.0 point",
    "1.1 points",
    "1.0 point",
  ]);
});

test("a spread without a deviation is a mean, without a mean a dash", () => {
  const spread = (mean: number | null, deviation: number | null) =>
    plain(percentSpread({ values: [], mean, deviation }));
  expect([spread(0.391, 0.0021), spread(0.391, null), spread(null, null)]).toEqual([
    "39.1 ± 0.2 %",
    "39.1 %",
    "–",
  ]);
});

test("losses of any size, from a diverging run to a tiny difference", () => {
  expect([1.76612, 123.456, 3.2e9, -1].map(decimal)).toEqual(["1.766", "123.5", "3.2×10⁹", "−1.000"]);
  expect([1e-7, 3.44e-10, 0.0125].map(tiny)).toEqual(["10⁻⁷", "3.4×10⁻¹⁰", "0.013"]);
});

test("lists, counts and durations read as one says them", () => {
  expect([joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])]).toEqual([
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
  expect([counted(1, "epoch"), counted(40_000, "epoch"), counted(2, "class", "classes")].map(plain)).toEqual([
    "1 epoch",
    "40,000 epochs",
    "2 classes",
  ]);
  expect([spelled(4), spelled(12), spelled(13)]).toEqual(["four", "twelve", "13"]);
  expect([6200, 42_000, 65_400].map((ms) => plain(duration(ms)))).toEqual(["6.2 s", "42 s", "1 min 5 s"]);
});
