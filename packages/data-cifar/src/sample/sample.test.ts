import { describe, expect, it } from "vitest";
import { classCounts } from "../classes.ts";
import { IMAGE_BYTES } from "../layout.ts";
import { createSample } from "./sample.ts";

const sample = createSample(1);
const splits = [sample.train, sample.validation, sample.test];

const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

describe("createSample", () => {
  it("has 2,000 training, 1,000 validation and 1,000 test pictures of 32 x 32 x 3", () => {
    expect(splits.map((split) => split.labels.length)).toEqual([2000, 1000, 1000]);
    expect(splits.map((split) => split.images.length / IMAGE_BYTES)).toEqual([2000, 1000, 1000]);
    expect(sample.name).toBe("built-in sample");
  });

  it("gives the same bytes for the same seed, and others for another", () => {
    for (const again of [createSample(), createSample(1)]) {
      expect(again.train.labels).toEqual(sample.train.labels);
      expect(same(again.train.images, sample.train.images)).toBe(true);
      expect(same(again.validation.images, sample.validation.images)).toBe(true);
      expect(same(again.test.images, sample.test.images)).toBe(true);
    }
    const other = createSample(2);
    expect(same(other.train.images, sample.train.images)).toBe(false);
    expect(other.train.labels).not.toEqual(sample.train.labels);
  });

  it("holds every class equally often in each split, in shuffled order", () => {
    for (const split of splits) {
      expect(new Set(classCounts(split, 10))).toEqual(new Set([split.labels.length / 10]));
      expect([...split.labels]).not.toEqual(split.labels.toSorted());
    }
    expect(sample.validation.labels).not.toEqual(sample.test.labels);
  });

  it("has no picture twice, so no split shares one with another", () => {
    const pictures = splits.flatMap((split) =>
      Array.from(split.labels, (_, i) =>
        Buffer.from(split.images.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES)).toString("latin1"),
      ),
    );
    expect(new Set(pictures).size).toBe(4000);
  });

  it("uses the range of brightness without drowning in black or white", () => {
    let extremes = 0;
    for (const value of sample.train.images) if (value === 0 || value === 255) extremes++;
    expect(extremes / sample.train.images.length).toBeLessThan(0.05);
    expect(sample.train.images).toContain(255);
  });
});
