import fc from "fast-check";
import { expect, it } from "vitest";
import { createFeatureStatistics } from "./feature-statistics.ts";
import { componentStatistics } from "./standardise.ts";

it("agrees with NumPy's mean and std (axis 0, ddof 0), far from 0 too", () => {
  // x = 1e9 + np.array([[4], [7], [13], [16]]): x.mean() is 1000000010.0, x.std() is sqrt(22.5).
  const collector = createFeatureStatistics(1);
  collector.add(Float64Array.of(1e9 + 4, 1e9 + 7));
  collector.add(Float64Array.of(1e9 + 13, 1e9 + 16));
  const { means, deviations } = collector.result();
  expect(means[0]).toBe(1e9 + 10);
  expect(deviations[0]).toBeCloseTo(Math.sqrt(22.5), 12);
});

it("a deviation too small for float64 counts as none, whose inverse would be no number", () => {
  const collector = createFeatureStatistics(1);
  collector.add(Float64Array.of(0, 3e-162, 0, 0));
  expect(collector.result().deviations[0]).toBe(1);
});

it("of bytes it comes to what the exact sums come to", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255), { minLength: 3, maxLength: 90 }), (bytes) => {
      const images = Uint8Array.from(bytes.slice(0, bytes.length - (bytes.length % 3)));
      const exact = componentStatistics({ images, labels: new Uint8Array(0) }, 3);
      const collector = createFeatureStatistics(3);
      collector.add(Float64Array.from(images));
      const { means, deviations } = collector.result();
      for (const j of [0, 1, 2]) {
        expect(means[j]).toBeCloseTo(exact.means[j] ?? Number.NaN, 10);
        expect(deviations[j]).toBeCloseTo(exact.deviations[j] ?? Number.NaN, 10);
      }
    }),
  );
});

it("a constant component gets the deviation 1, whatever its digits", () => {
  const collector = createFeatureStatistics(1);
  collector.add(new Float64Array(1000).fill(0.1));
  expect([...collector.result().deviations]).toEqual([1]);
});

it("the largest features that a dataset may hold have finite statistics", () => {
  const collector = createFeatureStatistics(1);
  collector.add(Float64Array.of(-1e150, 1e150));
  expect([...collector.result().deviations]).toEqual([1e150]);
});
