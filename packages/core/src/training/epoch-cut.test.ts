import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutEpoch, type EpochCut, fractionDone, imagesDone } from "./epoch-cut.ts";

const sizes = (cut: EpochCut, images: number): number[] =>
  Array.from(
    { length: cut.batches - cut.batchesBefore },
    (_, i) =>
      imagesDone(cut, cut.batchesBefore + i + 1, images) - imagesDone(cut, cut.batchesBefore + i, images),
  );

describe("cutEpoch", () => {
  it("has a last, smaller batch where the images do not divide evenly", () => {
    expect(sizes(cutEpoch(100, 30), 100)).toEqual([30, 30, 30, 10]);
    expect(sizes(cutEpoch(90, 30), 90)).toEqual([30, 30, 30]);
    expect(sizes(cutEpoch(7, 30), 7)).toEqual([7]);
  });

  it("cuts what is left of an epoch, and counts the batches before", () => {
    const cut = cutEpoch(100, 30, 50, 5);
    expect(sizes(cut, 100)).toEqual([30, 20]);
    expect(cut.batches).toBe(7);
  });

  it("any cuts, one after another: every image comes once, and the share that is done only rises", () => {
    const size = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        size,
        fc.array(fc.tuple(size, size)),
        (images, first, cuts) => {
          let cut = cutEpoch(images, first);
          let done = 0;
          let batch = 0;
          let share = 0;
          const trainTo = (end: number): void => {
            for (; batch < end; batch++) {
              const now = fractionDone(cut, batch, images);
              expect(now).toBeGreaterThanOrEqual(share);
              expect(now).toBeLessThan(1);
              share = now;
              expect(imagesDone(cut, batch, images)).toBe(done);
              done = imagesDone(cut, batch + 1, images);
            }
          };
          for (const [batches, batchSize] of cuts) {
            if (batch + batches >= cut.batches) break;
            trainTo(batch + batches);
            cut = cutEpoch(images, batchSize, imagesDone(cut, batch, images), batch);
          }
          trainTo(cut.batches);
          expect(done).toBe(images);
        },
      ),
    );
  });
});
