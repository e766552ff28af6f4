import { describe, expect, it } from "vitest";
import { learningRateAt, parseSchedule } from "./schedule.ts";

describe("learningRateAt", () => {
  it("constant: the base rate at any time", () => {
    expect(learningRateAt({ kind: "constant" }, 0.1, 3.7, 10)).toBe(0.1);
  });

  it("step: falls after every so many whole epochs", () => {
    const rates = [0, 9.99, 10, 19.99, 20].map((time) =>
      learningRateAt({ kind: "step", every: 10, factor: 0.1 }, 1, time, 40),
    );
    expect(rates.map((rate) => rate.toFixed(6))).toEqual([
      "1.000000",
      "1.000000",
      "0.100000",
      "0.100000",
      "0.010000",
    ]);
  });

  it("exponential: falls after each whole epoch", () => {
    const schedule = { kind: "exponential", factor: 0.9 } as const;
    expect(learningRateAt(schedule, 1, 2.5, 10)).toBeCloseTo(0.81, 12);
  });

  it("cosine: the base at the start, half of it half-way, 0 at the end", () => {
    const rates = [0, 5, 10].map((time) => learningRateAt({ kind: "cosine" }, 2, time, 10));
    expect(rates[0]).toBe(2);
    expect(rates[1]).toBeCloseTo(1, 12);
    expect(rates[2]).toBeCloseTo(0, 12);
  });

  it("cyclical: up to the base half-way through each period, and back", () => {
    const schedule = { kind: "cyclical", minimum: 1, period: 4 } as const;
    const rates = [0, 1, 2, 3, 4, 6].map((time) => learningRateAt(schedule, 3, time, 40));
    expect(rates).toEqual([1, 2, 3, 2, 1, 3]);
  });
});

describe("parseSchedule", () => {
  it.each([
    ["constant", { kind: "constant" }],
    ["cosine", { kind: "cosine" }],
    ["step:10:0.1", { kind: "step", every: 10, factor: 0.1 }],
    ["exponential:0.9", { kind: "exponential", factor: 0.9 }],
    ["cyclical:0.0001:8", { kind: "cyclical", minimum: 0.0001, period: 8 }],
  ])("reads %s", (text, schedule) => {
    expect(parseSchedule(text)).toEqual(schedule);
  });

  it.each(["", "linear", "step", "step:10", "step:10:", "step:x:0.1", "cosine:3", "exponential:-1"])(
    'refuses "%s"',
    (text) => {
      expect(() => parseSchedule(text)).toThrow(/expected/);
    },
  );
});
