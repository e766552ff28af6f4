// How much work to do between two looks at the event loop.
import { yieldToEventLoop } from "./yield.ts";

/** Long enough to cost nothing, short enough that a key is answered at once. */
export const SLICE_MS = 25;

/** How many units of work fill a slice, going by how long the last ones took. */
export function createPacer(clock: () => number = () => performance.now()) {
  let msPerUnit: number | undefined;
  return {
    /** At least 1, at most `left`. The first slice is one unit, to measure by. */
    units(left: number): number {
      if (msPerUnit === undefined) return 1;
      return Math.max(1, Math.min(left, Math.floor(SLICE_MS / Math.max(msPerUnit, 1e-3))));
    },
    /** Does `units` of work, then lets others have their turn. Gives the work's own milliseconds. */
    async work(units: number, body: () => Promise<void>): Promise<number> {
      const start = clock();
      await body();
      const elapsed = clock() - start;
      msPerUnit = elapsed / units;
      await yieldToEventLoop();
      return elapsed;
    },
  };
}

export type Pacer = ReturnType<typeof createPacer>;
