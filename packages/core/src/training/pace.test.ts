import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPacer, SLICE_MS } from "./pace.ts";

/** A pacer on a machine that takes `msPerImage` and `overhead` ms a slice; gives how long each slice took. */
async function slicesOf(batches: readonly number[], batchSize: number, msPerImage: number): Promise<number[]> {
  let time = 0;
  const pacer = createPacer(
    () => time,
    async () => {},
  );
  const took: number[] = [];
  for (let next = 0; next < batches.length; ) {
    const count = pacer.pieces(batchSize, batches.length - next);
    const images = batches.slice(next, next + count).reduce((sum, size) => sum + size, 0);
    took.push(
      await pacer.work(images, async () => {
        time += images * msPerImage;
      }),
    );
    next += count;
  }
  return took;
}

describe("pacer", () => {
  it("comes to slices of 25 ms and stays there", async () => {
    const took = await slicesOf(Array(1000).fill(100), 100, 0.04);
    expect(took[0]).toBe(4);
    expect(took.slice(4, -1).every((elapsed) => elapsed > 15 && elapsed <= SLICE_MS)).toBe(true);
  });

  it("one piece at a time where a piece takes longer than a slice", async () => {
    const took = await slicesOf(Array(10).fill(100), 100, 1);
    expect(took).toEqual(Array(10).fill(100));
  });

  it("no slice takes longer than a slice's time or one batch, whatever the sizes of the batches", async () => {
    const epochs = fc.record({
      images: fc.integer({ min: 1, max: 3000 }),
      batchSize: fc.integer({ min: 1, max: 300 }),
      msPerImage: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(epochs, async ({ images, batchSize, msPerImage }) => {
        const epoch = Array.from({ length: Math.ceil(images / batchSize) }, (_, batch) =>
          Math.min(batchSize, images - batch * batchSize),
        );
        const took = await slicesOf([...epoch, ...epoch, ...epoch], batchSize, msPerImage);
        const longest = Math.max(SLICE_MS, batchSize * msPerImage);
        for (const elapsed of took) expect(elapsed).toBeLessThanOrEqual(longest * (1 + 1e-9));
      }),
    );
  });

  it("work too quick to be timed lets slices grow, but only step by step", async () => {
    const pacer = createPacer(
      () => 0,
      async () => {},
    );
    const counts: number[] = [];
    for (let i = 0; i < 4; i++) {
      const count = pacer.pieces(10, 1000);
      counts.push(count);
      await pacer.work(count * 10, async () => {});
    }
    expect(counts).toEqual([1, 2, 4, 8]);
  });
});
