import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { componentStatistics, standardiseInto } from "./standardise.ts";

describe("componentStatistics", () => {
  it("agrees with NumPy's mean and std (axis 0, ddof 0)", () => {
    // np.array([[0, 10, 255], [1, 10, 0], [5, 10, 7], [250, 10, 9]]).mean(0), .std(0)
    const images = Uint8Array.of(0, 10, 255, 1, 10, 0, 5, 10, 7, 250, 10, 9);
    const { means, deviations } = componentStatistics({ images, labels: new Uint8Array(4) }, 3);
    expect([...means]).toEqual([64, 10, 67.75]);
    expect(deviations[0]).toBeCloseTo(107.40344500992508, 12);
    expect(deviations[2]).toBeCloseTo(108.16047106036474, 12);
  });

  it("a constant component gets the deviation 1, so that it standardises to 0", () => {
    const { deviations } = componentStatistics(
      { images: Uint8Array.of(9, 1, 9, 3), labels: new Uint8Array(2) },
      2,
    );
    expect(deviations[0]).toBe(1);
  });

  it("is exact over more images than 32 bits can sum the squares of", () => {
    const rows = 140_002;
    // Half of the first component's values are 255 and half are 253; the second's are all 255.
    const images = Uint8Array.from({ length: 2 * rows }, (_, i) => (i % 4 === 2 ? 253 : 255));
    const { means, deviations } = componentStatistics({ images, labels: new Uint8Array(0) }, 2);
    expect([...means]).toEqual([254, 255]);
    expect([...deviations]).toEqual([1, 1]);
  });

  it("says so where there is no image", () => {
    expect(() => componentStatistics({ images: new Uint8Array(0), labels: new Uint8Array(0) }, 3)).toThrow(
      "0 images",
    );
  });
});

describe("standardiseInto", () => {
  it("gives components of mean 0 and variance 1 over the images they were measured on", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { minLength: 4, maxLength: 60 }), (bytes) => {
        const images = Uint8Array.from(bytes.slice(0, bytes.length - (bytes.length % 2)));
        const { means, deviations } = componentStatistics({ images, labels: new Uint8Array(0) }, 2);
        const inverse = deviations.map((deviation) => 1 / deviation);
        const out = new Float64Array(images.length);
        for (let start = 0; start < images.length; start += 2) {
          standardiseInto(out, start, images, start, means, inverse);
        }
        for (const component of [0, 1]) {
          const values = out.filter((_, index) => index % 2 === component);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
          expect(Math.abs(mean)).toBeLessThan(1e-9);
          expect(variance < 1e-9 || Math.abs(variance - 1) < 1e-9).toBe(true);
        }
      }),
    );
  });
});
