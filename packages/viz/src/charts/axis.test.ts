import { describe, expect, test } from "vitest";
import { positionOn, runAxis, valueAxis } from "./axis.ts";
import { describeQuantity, type Quantity } from "./quantity.ts";

const loss = describeQuantity("loss", {});
const accuracy = describeQuantity("accuracy", { classes: 10 });
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe("epochs", () => {
  test("ticks are whole epochs, few, within the run, for runs of any length", () => {
    for (const epochs of [1, 2, 3, 7, 12, 40, 99, 100, 1234, 10_000]) {
      const { ticks, domain } = runAxis(upTo(epochs), 8);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(ticks.length).toBeLessThanOrEqual(10);
      expect(Math.min(...ticks)).toBe(1);
      expect(Math.max(...ticks)).toBeLessThanOrEqual(epochs);
      if (epochs > 1) expect(domain).toEqual([1, epochs]);
    }
  });

  test("forty epochs are marked at 1, 5, 10, ... 40", () => {
    expect(runAxis(upTo(40), 8).ticks).toEqual([1, 5, 10, 15, 20, 25, 30, 35, 40]);
  });

  test("a single epoch stands in the middle", () => {
    expect(runAxis([3], 8)).toMatchObject({ domain: [2, 4], ticks: [3] });
  });
});

describe("values", () => {
  test("the domain holds every value and ends on round numbers", () => {
    expect(valueAxis([1.65, 2.01], loss, 6)).toMatchObject({ domain: [1.6, 2.1], labels: ",.1f" });
    expect(valueAxis([-0.7, 0.4], loss, 6)).toMatchObject({ domain: [-0.8, 0.4] });
  });

  test("chance is on the axis where that leaves the curves room, and never at its very end", () => {
    expect(valueAxis([29, 45], accuracy, 6).domain).toEqual([0, 50]);
    expect(valueAxis([30, 31], accuracy, 6).domain).toEqual([0, 35]);
    expect(valueAxis([91, 98], accuracy, 6).domain[0]).toBe(90);
  });

  test("a metric's range is not exceeded", () => {
    const info = { tag: "train/f", name: "f", split: "train", direction: "max", unit: null } as const;
    const bounded = describeQuantity("f", { metrics: [{ ...info, display: { range: [0, 0.97] } }] });
    expect(valueAxis([0.5, 0.96], bounded, 6).domain[1]).toBe(0.97);
  });

  test.each(["fraction", "%"])(
    "what is told as %s ends at all there is, though its metric names no range",
    (unit) => {
      const info = { tag: "train/f", name: "f", split: "train", direction: "max", unit, display: {} } as const;
      const shares = describeQuantity("f", { metrics: [info] });
      expect(valueAxis([100, 100], shares, 6).domain).toEqual([90, 100]);
    },
  );

  test("a metric's range gives way, at either end, to values beyond it", () => {
    const info = { tag: "train/f", name: "f", split: "train", direction: "max", unit: null } as const;
    const bounded = describeQuantity("f", { metrics: [{ ...info, display: { range: [0, 1] } }] });
    const domainOf = (...values: number[]) => valueAxis(values, bounded, 6).domain;
    expect(domainOf(0.1, 2)).toEqual([0, 2]);
    expect(domainOf(1.2, 1.4)).toEqual([1.2, 1.4]);
    expect(domainOf(-0.5, 0.97)).toEqual([-0.5, 1]);
    expect(domainOf(1, 1)).toEqual([0.9, 1]);
    expect(domainOf(0, 0)).toEqual([0, 1]);
  });

  test("whatever the values, the domain is finite and rises, and a linear one holds them", () => {
    const { MAX_VALUE, MIN_VALUE } = Number;
    const sizes = [0, MIN_VALUE, 1e-320, 1e-307, 1e-300, 1e-12, 0.1, 1, 1 + 1e-13, 1 + 1e-11, 1 + 1e-7, 7];
    sizes.push(99.9, 1e5, 1e15, 1e300, MAX_VALUE / 5, MAX_VALUE / 4, 1e308, 1.7e308, MAX_VALUE);
    const nasty = [...sizes, ...sizes.map((size) => -size)];
    const quantities = [undefined, "linear", "log"].flatMap((scale) =>
      [undefined, [0, 1], [1, 1 + 1e-13], [1, 1]].flatMap((range) =>
        [undefined, 0.1, 1e308].map(
          (value) => ({ ...loss, scale, range, baseline: value && { value, text: "", label: "" } }) as Quantity,
        ),
      ),
    );
    const wrong: unknown[] = [];
    for (const a of nasty) {
      for (const b of nasty) {
        for (const quantity of quantities) {
          for (const mostTicks of [1, 6]) {
            const axis = valueAxis([a, b], quantity, mostTicks);
            const [low, high] = axis.domain;
            const span = high - low;
            const isSound = Number.isFinite(low) && Number.isFinite(span) && span > 0;
            const areTicksSound = axis.ticks.every((tick, i) => tick > (axis.ticks[i - 1] ?? -MAX_VALUE));
            const isHeld = (x: number) => x >= low - span / 1000 && x <= high + span / 1000;
            const held = [a, b].filter((x) => Math.abs(x) <= MAX_VALUE / 4).every(isHeld);
            if (isSound && areTicksSound && (held || axis.scale === "log")) continue;
            wrong.push({ a, b, quantity, mostTicks, axis });
          }
        }
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test("values at the ends of what numbers can be", () => {
    expect(valueAxis([1e300, 1.7e308], loss, 6).domain).toEqual([1e300, 1e308]);
    expect(valueAxis([5e-324, 1], loss, 6).domain).toEqual([1e-307, 1]);
    expect(valueAxis([1, 1 + 1e-13], loss, 6).domain).toEqual(valueAxis([1, 1], loss, 6).domain);
  });

  test("equal values get room around them, zeros too", () => {
    expect(valueAxis([5, 5], loss, 6)).toMatchObject({ domain: [4.4, 5.6] });
    expect(valueAxis([0, 0], loss, 6)).toMatchObject({ domain: [-1, 1] });
  });

  test("a diverging run gets a log axis with powers of ten", () => {
    const axis = valueAxis([2, 1e14], loss, 6);
    expect(axis).toMatchObject({ scale: "log", domain: [1, 1e15] });
    expect(axis.labels).toEqual(["10⁰", "10³", "10⁶", "10⁹", "10¹²", "10¹⁵"]);
    expect(positionOn(axis, 1e3)).toBeCloseTo(0.2);
  });

  test("a value of zero rules a log axis out", () => {
    expect(valueAxis([0, 1e6], loss, 6).scale).toBe("linear");
  });

  test("tick labels tell ticks apart", () => {
    for (const values of [
      [0, 1.2e-6],
      [2.3, 2.300001],
      [0.1, 0.12],
      [1e6, 1e6 + 3],
      [-5e7, 5e7],
    ]) {
      const { ticks, labels } = valueAxis(values, loss, 6);
      const decimals = Number(/\.(\d+)f/.exec(String(labels))?.[1] ?? 0);
      const texts = typeof labels === "string" ? ticks.map((tick) => tick.toFixed(decimals)) : labels;
      expect(new Set(texts).size, String(texts)).toBe(ticks.length);
    }
  });
});
