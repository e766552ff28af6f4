import { createParameters } from "@trainscope/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { WeightFrames } from "./weight-frames.ts";

it("keeps at most so many besides the newest: the first, the newest, and between them equal steps", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 300 }), (most, epochs) => {
      const frames = new WeightFrames(most);
      for (let epoch = 1; epoch <= epochs; epoch++) frames.add({ epoch, parameters: createParameters(1, 1) });
      const kept = frames.all().map(({ epoch }) => epoch);
      expect(kept[0]).toBe(1);
      expect(kept.at(-1)).toBe(epochs);
      expect(kept.length).toBeLessThanOrEqual(most);
      const steps = kept.slice(1, -1).map((epoch, index) => epoch - (kept[index] ?? 0));
      expect(new Set(steps).size).toBeLessThanOrEqual(1);
      if (epochs < most) expect(kept).toHaveLength(epochs);
    }),
    { seed: 1, numRuns: 200 },
  );
});
