// Small draws that the drawings share.
import type { Random } from "@trainscope/core";
import type { Colour } from "./canvas.ts";

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

export function chance(random: Random, probability: number): boolean {
  return random.uniform() < probability;
}

/** One of a list that has at least one item. */
export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[random.integer(items.length)] ?? items[0];
}

/** The colour, lighter or darker by up to `amount` and a little off in hue. */
export function vary(random: Random, colour: Colour, amount: number): Colour {
  const light = between(random, -amount, amount);
  const hue = amount / 2;
  return [
    colour[0] + light + between(random, -hue, hue),
    colour[1] + light + between(random, -hue, hue),
    colour[2] + light + between(random, -hue, hue),
  ];
}

/** `share` 0 gives the first colour, 1 the second. */
export function mix(one: Colour, other: Colour, share: number): Colour {
  return [
    one[0] + share * (other[0] - one[0]),
    one[1] + share * (other[1] - one[1]),
    one[2] + share * (other[2] - one[2]),
  ];
}

export const BLACK: Colour = [22, 20, 22];
export const WHITE: Colour = [240, 240, 236];

export function darker(colour: Colour, share = 0.3): Colour {
  return mix(colour, BLACK, share);
}

export function lighter(colour: Colour, share = 0.4): Colour {
  return mix(colour, WHITE, share);
}
