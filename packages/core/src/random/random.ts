// Seeded random numbers for everything that draws: a seed, a stream (what for) and a substream (which epoch)
// name one sequence, independent of every other and of the order in which sequences are drawn.
import { requireArgument } from "../errors.ts";
import { philox4x32 } from "./philox.ts";

/** What the numbers are for. A purpose keeps its number for good: saved runs depend on it. */
export const RandomStream = { initialise: 0, shuffle: 1, flip: 2, sample: 3, noise: 4, search: 5 } as const;

/** A sequence of random numbers, the same for the same seed, stream and substream. */
export interface Random {
  /** A whole number, 0 to 2^32 - 1. */
  uint32(): number;
  /** 0 <= u < 1, with 53 random bits. */
  uniform(): number;
  /** A whole number, 0 to `bound - 1`, without bias. */
  integer(bound: number): number;
  /** Normal distribution of mean 0 and variance 1. */
  normal(): number;
}

/**
 * The sequence of `seed` (a safe non-negative integer), `stream` and `substream` (each below 2^32).
 * Philox's key is the seed's low and high word, its counter is (block, 0, substream, stream).
 */
export function createRandom(seed: number, stream: number, substream = 0): Random {
  const key = Uint32Array.of(seed >>> 0, Math.floor(seed / 2 ** 32));
  const counter = Uint32Array.of(0, 0, substream, stream);
  const block = new Uint32Array(4);
  let next = 4;
  let spareNormal: number | undefined;

  function uint32(): number {
    if (next === 4) {
      philox4x32(counter, key, block);
      counter[0] = (counter[0] as number) + 1;
      if (counter[0] === 0) counter[1] = (counter[1] as number) + 1;
      next = 0;
    }
    return block[next++] as number;
  }

  function uniform(): number {
    const high = uint32() >>> 5;
    const low = uint32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  function integer(bound: number): number {
    // The words beyond the last whole multiple of the bound would favour small numbers: draw again.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let word = uint32();
    while (word >= limit) word = uint32();
    return word % bound;
  }

  function normal(): number {
    if (spareNormal !== undefined) {
      const value = spareNormal;
      spareNormal = undefined;
      return value;
    }
    // Box & Muller 1958: two uniform numbers give two normal ones.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  return { uint32, uniform, integer, normal };
}

/** Shuffles in place; each order is equally likely (Durstenfeld 1964). */
export function shuffle(values: Uint32Array, random: Random): void {
  requireArgument("shuffle", "values", values, "numbers");
  requireArgument("shuffle", "random", random, "an object");
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = random.integer(last + 1);
    const value = values[last] as number;
    values[last] = values[chosen] as number;
    values[chosen] = value;
  }
}
