import fc from "fast-check";
import { expect, test } from "vitest";
import { resample } from "./resample.ts";

const side = fc.integer({ min: 1, max: 12 });

function planeOf(width: number, height: number, values: ArrayLike<number>) {
  return { values, offset: 0, step: 1, width, height };
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

const planes = fc.tuple(side, side).chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    values: fc.array(fc.integer({ min: 0, max: 255 }), {
      minLength: width * height,
      maxLength: width * height,
    }),
  }),
);

test("a plane of one value stays so in every size", () => {
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      fc.integer({ min: 0, max: 255 }),
      (width, height, toWidth, toHeight, value) => {
        const plane = planeOf(width, height, new Array(width * height).fill(value));
        const resampled = resample(plane, { width: toWidth, height: toHeight });
        expect(resampled).toHaveLength(toWidth * toHeight);
        for (const one of resampled) expect(one).toBeCloseTo(value, 9);
      },
    ),
  );
});

test("shrinking keeps the mean", () => {
  fc.assert(
    fc.property(planes, side, side, ({ width, height, values }, toWidth, toHeight) => {
      const size = { width: Math.min(width, toWidth), height: Math.min(height, toHeight) };
      expect(mean(resample(planeOf(width, height, values), size))).toBeCloseTo(mean(values), 9);
    }),
  );
});

test("enlarging by whole numbers repeats every value", () => {
  fc.assert(
    fc.property(planes, fc.integer({ min: 1, max: 4 }), ({ width, height, values }, factor) => {
      const size = { width: width * factor, height: height * factor };
      const resampled = resample(planeOf(width, height, values), size);
      for (let i = 0; i < resampled.length; i++) {
        const [x, y] = [i % size.width, Math.floor(i / size.width)];
        expect(resampled[i]).toBe(values[Math.floor(y / factor) * width + Math.floor(x / factor)]);
      }
    }),
  );
});

test("a pixel that lies in two areas counts for each as far as it lies there", () => {
  // 3 values in 2 places: each takes one and a half.
  const [first, second] = resample(planeOf(3, 1, [30, 60, 120]), { width: 2, height: 1 });
  expect(first).toBeCloseTo((30 + 60 / 2) / 1.5, 12);
  expect(second).toBeCloseTo((60 / 2 + 120) / 1.5, 12);
});

test("a plane is read where it lies among others", () => {
  const values = [9, 1, 9, 9, 2, 9, 9, 3, 9, 9, 4, 9];
  expect([...resample({ values, offset: 1, step: 3, width: 2, height: 2 }, { width: 2, height: 2 })]).toEqual([
    1, 2, 3, 4,
  ]);
});
