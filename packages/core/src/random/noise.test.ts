import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawNoise, type Noise } from "./noise.ts";
import { createRandom, RandomStream } from "./random.ts";

function noiseOf(amount: number, images: number, seed = 1): Noise {
  const random = createRandom(seed, RandomStream.noise);
  return { amount, keys: Uint32Array.from({ length: 2 * images }, random.uint32) };
}

function movesOf(noise: Noise, place: number, inputs: number): number[] {
  const out = new Int8Array(inputs);
  drawNoise(out, noise, place);
  return [...out];
}

const WORD = 2n ** 32n;

/** The hash and the rounding once more, in whole numbers of any size. */
function moveByFormula(amount: number, first: number, second: number, component: number): number {
  let x = (BigInt(first) + BigInt(component >> 1)) % WORD;
  x = ((x ^ (x >> 16n)) * 0x7feb352dn) % WORD;
  x = ((x ^ (x >> 15n) ^ BigInt(second)) * 0x846ca68bn) % WORD;
  x = x ^ (x >> 16n);
  const bits = Number(component % 2 === 0 ? x % 65_536n : x >> 16n);
  const fraction = Math.floor((bits < 32_768 ? bits : bits - 65_536) / 2) / 32_768;
  return Math.floor(fraction * (2 * amount + 1) + 0.5);
}

/** Pearson's chi-squared for equally likely values from -amount to amount. */
function chiSquared(values: readonly number[], amount: number): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const expected = values.length / (2 * amount + 1);
  let sum = 0;
  for (let value = -amount; value <= amount; value++) {
    sum += ((counts.get(value) ?? 0) - expected) ** 2 / expected;
  }
  return sum;
}

/** Of independent pairs it is 0 with a standard error of 1 / sqrt(n). */
function correlation(a: readonly number[], b: readonly number[]): number {
  const product = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? Number.NaN), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

describe("drawNoise", () => {
  it("is what the formula says for any key, amount and component, and whole numbers in range", () => {
    const words = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const amounts = fc.integer({ min: 1, max: 127 });
    fc.assert(
      fc.property(words, words, amounts, fc.integer({ min: 1, max: 90 }), (first, second, amount, inputs) => {
        const moves = movesOf({ amount, keys: Uint32Array.of(7, 7, first, second) }, 1, inputs);
        expect(moves).toEqual(moves.map((_, j) => moveByFormula(amount, first, second, j)));
        for (const move of moves) expect(Math.abs(move)).toBeLessThanOrEqual(amount);
      }),
    );
  });

  it.each([1, 8, 127])("amount %i: every whole number equally often, by chi-squared", (amount) => {
    const noise = noiseOf(amount, 200);
    const values = Array.from({ length: 200 }, (_, place) => movesOf(noise, place, 3072)).flat();
    // Mean k and variance 2k for k degrees of freedom.
    const freedom = 2 * amount;
    expect(Math.abs(chiSquared(values, amount) - freedom)).toBeLessThan(5 * Math.sqrt(2 * freedom));
  });

  it("a component over many images is evenly spread as well", () => {
    const noise = noiseOf(3, 20_000);
    for (const component of [0, 1, 47]) {
      const values = Array.from({ length: 20_000 }, (_, place) => movesOf(noise, place, 48)[component] ?? 99);
      expect(chiSquared(values, 3)).toBeLessThan(6 + 5 * Math.sqrt(12));
    }
  });

  it("components at any distance and images beside each other have nothing to do with one another", () => {
    const noise = noiseOf(20, 60);
    const images = Array.from({ length: 60 }, (_, place) => movesOf(noise, place, 3072));
    const all = images.flat();
    for (const distance of [1, 2, 3, 8, 16, 32, 1024]) {
      expect(Math.abs(correlation(all.slice(distance), all.slice(0, -distance)))).toBeLessThan(
        5 / Math.sqrt(all.length),
      );
    }
    const [evens, odds] = [images.filter((_, i) => i % 2 === 0), images.filter((_, i) => i % 2 === 1)];
    expect(Math.abs(correlation(evens.flat(), odds.flat()))).toBeLessThan(5 / Math.sqrt(all.length / 2));
  });

  it("keys whose first words are one apart share no stretch of noise", () => {
    const { amount, keys } = noiseOf(40, 100);
    const apart = keys.map((word, i) => (i % 4 === 2 ? (keys[i - 2] ?? 0) + 1 : word));
    for (let place = 0; place < 100; place += 2) {
      const [one, other] = [0, 1].map((next) => movesOf({ amount, keys: apart }, place + next, 3072));
      // Counters of the second are those of the first, two components on.
      const shared = correlation(one?.slice(2) ?? [], other?.slice(0, -2) ?? []);
      expect(Math.abs(shared)).toBeLessThan(5 / Math.sqrt(3072));
    }
  });
});
