import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, RandomStream, shuffle } from "./random.ts";

const seeds = fc.record({
  seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  stream: fc.integer({ min: 0, max: 3 }),
  substream: fc.integer({ min: 0, max: 0xffffffff }),
});

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

describe("createRandom", () => {
  it("begins with Philox's published words for seed 0", () => {
    const random = createRandom(0, 0);
    expect(draw(4, random.uint32)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  });

  it("gives the same sequence for the same seed, stream and substream", () => {
    fc.assert(
      fc.property(seeds, ({ seed, stream, substream }) => {
        const once = createRandom(seed, stream, substream);
        const again = createRandom(seed, stream, substream);
        expect(draw(9, once.uint32)).toEqual(draw(9, again.uint32));
      }),
    );
  });

  it("gives another sequence where seed, high word of the seed, stream or substream differ", () => {
    const sequences = [
      createRandom(1, 0, 0),
      createRandom(2, 0, 0),
      createRandom(1 + 2 ** 32, 0, 0),
      createRandom(1, 1, 0),
      createRandom(1, 0, 1),
    ].map((random) => draw(4, random.uint32).join());
    expect(new Set(sequences).size).toBe(5);
  });

  it("uniform: within [0, 1), mean 1/2 and variance 1/12 to four standard errors", () => {
    const values = draw(100_000, createRandom(5, RandomStream.sample).uniform);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / values.length));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / values.length));
  });

  it("normal: mean 0, variance 1, kurtosis 3 to four standard errors", () => {
    const values = draw(100_000, createRandom(6, RandomStream.initialise).normal);
    const moment = (power: number): number =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    const error = (variance: number): number => 4 * Math.sqrt(variance / values.length);
    expect(Math.abs(moment(1))).toBeLessThan(error(1));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(error(2));
    expect(Math.abs(moment(3))).toBeLessThan(error(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(error(96));
  });

  it("integer: every number below the bound, equally often to five standard errors", () => {
    const random = createRandom(7, RandomStream.sample);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const chosen = random.integer(10);
      counts[chosen] = (counts[chosen] ?? Number.NaN) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9000));
  });
});

describe("shuffle", () => {
  it("keeps every element", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), seeds, (length, { seed }) => {
        const values = Uint32Array.from({ length }, (_, i) => i);
        shuffle(values, createRandom(seed, RandomStream.shuffle));
        expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });

  it("gives each of the six orders of three equally often, to five standard errors", () => {
    const random = createRandom(8, RandomStream.shuffle);
    const counts = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const values = Uint32Array.of(0, 1, 2);
      shuffle(values, random);
      counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(8334));
  });
});
