// Random search (Bergstra & Bengio 2012).
import { drawNewPoint } from "../draw.ts";
import type { SearchSpace } from "../space.ts";
import { candidateCount, type SearchLimits, type Strategy } from "../strategy.ts";

/** Draws no point twice; ends early where a space of choices has no other. */
export function randomStrategy(space: SearchSpace, { budget, epochs, seed }: SearchLimits): Strategy {
  return {
    readsScores: false,
    next({ jobs }) {
      const candidate = candidateCount(jobs);
      if (candidate >= budget) return undefined;
      const point = drawNewPoint(space, { seed, candidate, jobs });
      return point && { candidate, point, epochs };
    },
  };
}
