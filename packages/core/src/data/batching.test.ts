import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Batching, divideIntoBatches, fractionDone, imagesDone } from "./batching.ts";

const sizes = (batching: Batching, images: number): number[] =>
  Array.from(
    { length: batching.batches - batching.batchesBefore },
    (_, i) =>
      imagesDone(batching, batching.batchesBefore + i + 1, images) -
      imagesDone(batching, batching.batchesBefore + i, images),
  );

describe("divideIntoBatches", () => {
  it("has a last, smaller batch where the images do not divide evenly", () => {
    expect(sizes(divideIntoBatches(100, 30), 100)).toEqual([30, 30, 30, 10]);
    expect(sizes(divideIntoBatches(90, 30), 90)).toEqual([30, 30, 30]);
    expect(sizes(divideIntoBatches(7, 30), 7)).toEqual([7]);
  });

  it("cuts what is left of an epoch, and counts the batches before", () => {
    const batching = divideIntoBatches(100, 30, 50, 5);
    expect(sizes(batching, 100)).toEqual([30, 20]);
    expect(batching.batches).toBe(7);
  });

  it("any cuts, one after another: every image comes once, and the share that is done only rises", () => {
    const size = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        size,
        fc.array(fc.tuple(size, size)),
        (images, first, cuts) => {
          let batching = divideIntoBatches(images, first);
          let done = 0;
          let batch = 0;
          let share = 0;
          const trainTo = (end: number): void => {
            for (; batch < end; batch++) {
              const now = fractionDone(batching, batch, images);
              expect(now).toBeGreaterThanOrEqual(share);
              expect(now).toBeLessThan(1);
              share = now;
              expect(imagesDone(batching, batch, images)).toBe(done);
              done = imagesDone(batching, batch + 1, images);
            }
          };
          for (const [batches, batchSize] of cuts) {
            if (batch + batches >= batching.batches) break;
            trainTo(batch + batches);
            batching = divideIntoBatches(images, batchSize, imagesDone(batching, batch, images), batch);
          }
          trainTo(batching.batches);
          expect(done).toBe(images);
        },
      ),
    );
  });
});
