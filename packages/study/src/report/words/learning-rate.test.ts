import { describe, expect, test } from "vitest";
import type { SettingResult } from "../../stages/results.ts";
import { seededStudy, spreadOf } from "../../testing/study.ts";
import { learningRateWords, ratePairOf } from "./learning-rate.ts";

const [template] = seededStudy({ part: "basic" }).settings as [SettingResult];

interface Made {
  readonly rate: number;
  readonly jumps?: number | null;
  readonly accuracy?: number | null;
  /** Of validation accuracy, a change an epoch over the last ten. */
  readonly slope?: number;
  /** Up and down from epoch to epoch. */
  readonly noise?: number;
}

function setting({ rate, jumps = 0.002, accuracy = 0.38, slope = 0, noise = 0 }: Made): SettingResult {
  const mean = Array.from({ length: 40 }, (_, epoch) => 0.38 + slope * (epoch - 39) + noise * (epoch % 2));
  return {
    ...template,
    lambda: 0,
    learningRate: rate,
    jumpiness: spreadOf([jumps]),
    figures: { "validation/accuracy": spreadOf([accuracy]), "validation/loss": spreadOf([1.8]) },
    curves: { "validation/accuracy": { mean, deviation: [] } },
  };
}

const wordsOf = (high: Omit<Made, "rate">, low: Omit<Made, "rate"> = {}): string =>
  learningRateWords({ high: setting({ rate: 0.1, ...high }), low: setting({ rate: 0.001, ...low }) }, 10_000)
    .join(" ")
    .replaceAll("\u00a0", " ");

describe("which settings are compared", () => {
  test("those that differ in the learning rate alone, by the largest ratio", () => {
    const settings = [0.1, 0.01, 0.001].map((rate) => setting({ rate }));
    const other = { ...setting({ rate: 0.0001 }), lambda: 1 };
    const pair = ratePairOf([other, ...settings]);
    expect([pair?.high.learningRate, pair?.low.learningRate]).toEqual([0.1, 0.001]);
  });

  test("none where none do", () => {
    expect(ratePairOf([setting({ rate: 0.1 }), { ...setting({ rate: 0.01 }), lambda: 1 }])).toBeNull();
  });
});

describe("jumps", () => {
  test("of the high rate alone", () => {
    const words = wordsOf({ jumps: 0.023 });
    expect(words).toContain("The high learning rate makes the curve jump");
    expect(words).toContain(
      "2.3 points from one epoch to the next with η = 0.1, and by 0.2 points with η = 0.001",
    );
  });

  test("of both, of neither and of the low rate alone are told as such", () => {
    expect(wordsOf({ jumps: 0.03 }, { jumps: 0.02 })).toContain("Both curves jump");
    expect(wordsOf({ jumps: 0.01 })).toContain("Neither curve jumps");
    expect(wordsOf({}, { jumps: 0.02 })).toContain("curve of the lower learning rate is the one that jumps");
  });

  test("of a run that ended too early nothing is said", () => {
    expect(wordsOf({ jumps: null })).toContain("With η = 0.1 the run did not come far enough");
  });
});

describe("the end", () => {
  test("a clear loss of accuracy, a clear gain, and neither", () => {
    expect(wordsOf({ accuracy: 0.28 })).toContain("The high learning rate costs accuracy: at the end 28.0 %");
    expect(wordsOf({ accuracy: 0.41 })).toContain("The high learning rate pays");
    // 1.3 points are within two standard errors of 0.69.
    expect(wordsOf({ accuracy: 0.367 })).toContain("can't be told from these runs");
  });

  test("a run without figures", () => {
    expect(wordsOf({ accuracy: null })).toContain("has no validation accuracy at its end");
  });

  test("a curve that still rises, that falls, and that is level, by its own trend", () => {
    expect(wordsOf({}, { slope: 0.0003 })).toContain("still rises at the end (+0.30 points in ten epochs");
    expect(wordsOf({}, { slope: -0.0003 })).toContain("falls at the end (−0.30 points in ten epochs");
    expect(wordsOf({}, { slope: 0.00005 })).toContain("has levelled off at the end (+0.05 points");
    expect(wordsOf({}, { slope: 0.0003, noise: 0.005 })).toContain("neither clearly rises nor falls");
  });

  test("no trend is read out of a curve that jumps", () => {
    expect(wordsOf({ jumps: 0.02, slope: 0.003 })).not.toContain("With η = 0.1 the accuracy");
  });
});
