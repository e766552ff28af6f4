// How much work to do between two looks at the event loop.
import { yieldToEventLoop } from "../yield.ts";

/** Long enough to cost nothing, short enough that a key is answered at once. */
export const SLICE_MS = 25;

/** Slices grow no faster than this, so that one quick measurement does not make the next far too long. */
const GROWTH = 2;

export interface Pacer {
  /** How many pieces of `size` images fill a slice: at least 1, at most `left`. The first slice is one piece. */
  pieces(size: number, left: number): number;
  /** Does the work on `images` images, then lets others have their turn. Gives the work's own milliseconds. */
  work(images: number, body: () => Promise<void>): Promise<number>;
}

/** `clock` gives milliseconds. */
export function createPacer(
  clock: () => number = () => performance.now(),
  rest: () => Promise<void> = yieldToEventLoop,
): Pacer {
  let budget = 0;
  return {
    pieces(size, left) {
      return Math.max(1, Math.min(left, Math.floor(budget / size)));
    },
    async work(images, body) {
      const start = clock();
      await body();
      const elapsed = clock() - start;
      const fitting = elapsed > 0 ? (images * SLICE_MS) / elapsed : Number.POSITIVE_INFINITY;
      budget = Math.min(fitting, GROWTH * Math.max(images, budget));
      await rest();
      return elapsed;
    },
  };
}
