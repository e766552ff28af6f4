// Random search (Bergstra & Bengio 2012).
import { createTaken, drawNewPoint } from "../draw.ts";
import type { SearchSpace } from "../space.ts";
import { candidateCount, checkLimits, type SearchLimits, type Strategy } from "../strategy.ts";

/** Draws no point twice; ends early where a space of choices and whole numbers has no other. Throws `BAD_OPTION`. */
export function randomStrategy(space: SearchSpace, { budget, epochs, seed }: SearchLimits): Strategy {
  checkLimits({ budget, epochs, seed });
  const taken = createTaken();
  return {
    readsScores: false,
    next({ jobs }) {
      const candidate = candidateCount(jobs);
      if (candidate >= budget) return undefined;
      const point = drawNewPoint(space, { seed, candidate, taken: taken(jobs) });
      return point && { candidate, point, epochs };
    },
  };
}
