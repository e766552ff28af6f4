// Every combination of every setting's values.
import { takenKeys } from "../draw.ts";
import { gridCount, gridOf } from "../range.ts";
import {
  combinations,
  type Dimension,
  dimensionsOf,
  type Point,
  pointKey,
  type SearchSpace,
} from "../space.ts";
import { candidateCount, checkLimits, type SearchLimits, type Strategy } from "../strategy.ts";

/** In the order of its points; those that the sweep has already are passed over. The seed is not used. Throws `BAD_OPTION`. */
export function gridStrategy(space: SearchSpace, { budget, epochs }: Omit<SearchLimits, "seed">): Strategy {
  checkLimits({ budget, epochs });
  const points = gridPoints(space);
  return {
    readsScores: false,
    next({ jobs }) {
      const candidate = candidateCount(jobs);
      if (candidate >= budget) return undefined;
      const taken = takenKeys(jobs);
      const point = points.find((one) => !taken.has(pointKey(one)));
      return point && { candidate, point, epochs };
    },
  };
}

/** The first setting changes slowest. A setting that is not searched somewhere multiplies nothing there. */
export function gridPoints(space: SearchSpace): readonly Point[] {
  return [...combinations(space, gridValues)];
}

/** As many as `gridPoints` has, or more where settings depend on others: counted without making them. */
export function gridSize(space: SearchSpace): number {
  return dimensionsOf(space).reduce(
    (size, [, dimension]) =>
      size * (dimension.kind === "choice" ? dimension.values.length : gridCount(dimension)),
    1,
  );
}

function gridValues(dimension: Dimension): readonly Point[string][] {
  return dimension.kind === "choice" ? dimension.values : gridOf(dimension);
}
