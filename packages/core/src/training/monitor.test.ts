import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MetricInfo } from "../events.ts";
import { createMonitor } from "./monitor.ts";

const info = (direction: MetricInfo["direction"]): MetricInfo => ({
  tag: "validation/score",
  name: "score",
  split: "validation",
  direction,
  unit: null,
  display: {},
});

describe("createMonitor", () => {
  it("ends at the first epoch that is `patience` after the best, for any figures", () => {
    const figures = fc.array(fc.option(fc.integer({ min: -3, max: 3 }), { nil: null }), { minLength: 1 });
    const directions = fc.constantFrom("min" as const, "max" as const);
    fc.assert(
      fc.property(figures, directions, fc.integer({ min: 1, max: 6 }), (values, direction, patience) => {
        const monitor = createMonitor(info(direction), patience);
        const sign = direction === "max" ? 1 : -1;
        values.forEach((value, index) => {
          const isBest = monitor.add(index + 1, value);
          const soFar = values.slice(0, index + 1).map((each) => (each === null ? null : sign * each));
          const best = Math.max(...soFar.filter((each) => each !== null));
          const bestEpoch = soFar.indexOf(best) + 1;
          expect(isBest).toBe(bestEpoch === index + 1);
          expect(monitor.earlyStopReason() !== undefined).toBe(index + 1 - bestEpoch >= patience);
        });
      }),
    );
  });

  it("without patience it never ends", () => {
    const monitor = createMonitor(info("min"), 0);
    for (let epoch = 1; epoch <= 100; epoch++) {
      monitor.add(epoch, epoch);
      expect(monitor.earlyStopReason()).toBeUndefined();
    }
    expect(monitor.best).toEqual({ x: 1, value: 1 });
  });

  it("says for how long, and since when", () => {
    const monitor = createMonitor(info("max"), 1);
    monitor.add(1, null);
    expect(monitor.earlyStopReason()).toBe("validation/score has had no value for 1 epoch");
    const patient = createMonitor(info("max"), 2);
    for (const [index, value] of [5, 5, 4].entries()) patient.add(index + 1, value);
    expect(patient.earlyStopReason()).toBe(
      "for 2 epochs validation/score has not been better than after epoch 1",
    );
  });
});
