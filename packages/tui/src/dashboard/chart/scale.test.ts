import { describe, expect, it } from "vitest";
import { createScale, tickLabels } from "./scale.ts";

describe("createScale", () => {
  it("holds all values, with a margin", () => {
    const scale = createScale([[1, 2, null, 3]]);
    expect(scale.low).toBeLessThan(1);
    expect(scale.high).toBeGreaterThan(3);
    expect(scale.position(2)).toBeCloseTo(0.5);
    expect(scale.position(null)).toBeNull();
    expect(scale.position(Number.NaN)).toBeNull();
  });

  it("doesn't leave the range that values can have", () => {
    const scale = createScale([[0.0, 0.99]], { range: [0, 1] });
    expect(scale.low).toBe(0);
    expect(scale.high).toBe(1);
  });

  it("doesn't blow up noise: nearly equal values stay near each other", () => {
    const scale = createScale([[2, 2.001]]);
    const [a, b] = [scale.position(2) ?? 0, scale.position(2.001) ?? 1];
    expect(b - a).toBeLessThan(0.05);
    expect(a).toBeCloseTo(0.5, 1);
  });

  it("takes the span of the largest doubles", () => {
    const scale = createScale([[-1e308, 1e308]]);
    expect(scale.position(0)).toBeCloseTo(0.5);
    expect(scale.position(1e308)).toBeGreaterThan(0.9);
  });

  it("shows the baseline only where the curves keep a fair share of the height", () => {
    expect(createScale([[0.2, 0.4]], { baseline: 0.1 }).low).toBeLessThan(0.1);
    expect(createScale([[0.38, 0.4]], { baseline: 0.1 }).low).toBeGreaterThan(0.3);
  });

  it("on a log scale spaces decades evenly, and 0 is a gap", () => {
    const scale = createScale([[0.01, 1, 100]], { kind: "log" });
    expect(scale.position(1)).toBeCloseTo(0.5);
    expect(scale.position(0)).toBeNull();
    expect(scale.position(-1)).toBeNull();
  });
});

describe("tickLabels", () => {
  it("writes all ticks to the same number of decimals", () => {
    expect(tickLabels([1.8, 2, 2.2], false)).toEqual(["1.8", "2.0", "2.2"]);
    expect(tickLabels([0.1, 0.2], true)).toEqual(["10%", "20%"]);
    expect(tickLabels([0.01, 1, 100], false)).toEqual(["0.01", "1", "100"]);
  });
});
