// Every combination of every setting's values.
import { takenKeys } from "../draw.ts";
import { gridOf } from "../range.ts";
import { type Dimension, dimensionsOf, isActive, type Point, pointKey, type SearchSpace } from "../space.ts";
import { candidateCount, type SearchLimits, type Strategy } from "../strategy.ts";

/** In the order of its points; those that the sweep has already are passed over. The seed is not used. */
export function gridStrategy(space: SearchSpace, { budget, epochs }: Omit<SearchLimits, "seed">): Strategy {
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
  return dimensionsOf(space).reduce<readonly Point[]>(
    (points, [name, dimension]) =>
      points.flatMap((point) =>
        isActive(dimension, point)
          ? gridValues(dimension).map((value) => ({ ...point, [name]: value }))
          : [point],
      ),
    [{}],
  );
}

function gridValues(dimension: Dimension): readonly Point[string][] {
  return dimension.kind === "choice" ? dimension.values : gridOf(dimension);
}
