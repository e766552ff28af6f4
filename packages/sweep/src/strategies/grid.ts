// Every combination of every setting's values.
import { createTaken } from "../draw.ts";
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
  const points: readonly Keyed[] = gridPoints(space).map((point) => ({ point, key: pointKey(point) }));
  const taken = createTaken();
  let keys: ReadonlySet<string> = new Set();
  let first = 0;
  return {
    readsScores: false,
    next({ jobs }) {
      const candidate = candidateCount(jobs);
      if (candidate >= budget) return undefined;
      const before = keys;
      keys = taken(jobs);
      // The same set has only grown: all before the first that was free are taken.
      if (keys !== before) first = 0;
      let free = points[first];
      while (free !== undefined && keys.has(free.key)) free = points[++first];
      return free && { candidate, point: free.point, epochs };
    },
  };
}

interface Keyed {
  readonly point: Point;
  readonly key: string;
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
