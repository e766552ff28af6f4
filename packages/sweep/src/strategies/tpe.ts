// The tree-structured Parzen estimator: Bergstra et al. 2011, "Algorithms for Hyper-Parameter Optimization", section 4.
import type { Random } from "@trainscope/core";
import { candidateRandom, createTaken, drawNewPoint, drawPoint } from "../draw.ts";
import { placeOf, valueAt } from "../range.ts";
import {
  type Dimension,
  dimensionsOf,
  isActive,
  isSame,
  type Point,
  pointKey,
  type SearchSpace,
} from "../space.ts";
import {
  candidateCount,
  checkLimits,
  rankOf,
  type SearchLimits,
  type Strategy,
  type SweepState,
} from "../strategy.ts";
import { choiceDensity, type Density, parzenDensity } from "./parzen.ts";

/** The share of observations that count as good; the paper's. */
const GAMMA = 0.15;
/** Drawn from the good ones' density, of which one is taken; the paper's. */
const DRAWS = 100;
/** Results, before which there is too little to learn from: what is drawn until then is drawn at random. */
const STARTUP = 10;

/** Of the points that the good ones' density proposes, takes the one with the greatest expected improvement. Throws `BAD_OPTION`. */
export function tpeStrategy(space: SearchSpace, { budget, epochs, seed }: SearchLimits): Strategy {
  checkLimits({ budget, epochs, seed });
  const taken = createTaken();
  return {
    readsScores: true,
    next(state) {
      const { jobs, scores } = state;
      const candidate = candidateCount(jobs);
      if (candidate >= budget) return undefined;
      const point =
        (scores.length < STARTUP
          ? undefined
          : propose(space, { state, taken: taken(jobs), random: candidateRandom(seed, candidate) })) ??
        drawNewPoint(space, { seed, candidate, taken: taken(jobs) });
      return point && { candidate, point, epochs };
    },
  };
}

interface Estimate {
  readonly good: Density<number>;
  readonly bad: Density<number>;
}

/** `undefined` where all that is proposed has been tried. */
function propose(
  space: SearchSpace,
  { state, taken, random }: { state: SweepState; taken: ReadonlySet<string>; random: Random },
): Point | undefined {
  const [good, bad] = splitByScore(state);
  const estimates = new Map(
    dimensionsOf(space).map(([name, dimension]) => [
      name,
      { good: densityOf(name, dimension, good), bad: densityOf(name, dimension, bad) },
    ]),
  );
  let best: Point | undefined;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let draw = 0; draw < DRAWS; draw++) {
    let improvement = 0;
    const point = drawPoint(space, (name, dimension) => {
      const { good, bad } = estimates.get(name) as Estimate;
      const place = good.draw(random);
      improvement += good.logDensity(place) - bad.logDensity(place);
      return dimension.kind === "choice"
        ? (dimension.values[place] as Point[string])
        : valueAt(dimension, place);
    });
    if (improvement > greatest && !taken.has(pointKey(point))) [best, greatest] = [point, improvement];
  }
  return best;
}

/** Each candidate counts once, with the result of its longest training. */
function splitByScore({ jobs, scores }: SweepState): readonly [readonly Point[], readonly Point[]] {
  const newest = new Map<number, { point: Point; rank: number; epochs: number }>();
  for (const [index, score] of scores.entries()) {
    const job = jobs[index];
    if (job === undefined || job.epochs < (newest.get(job.candidate)?.epochs ?? 0)) continue;
    newest.set(job.candidate, { point: job.point, rank: rankOf(score), epochs: job.epochs });
  }
  const ranked = [...newest.values()].sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
  const points = ranked.map(({ point }) => point);
  const count = Math.ceil(GAMMA * points.length);
  return [points.slice(0, count), points.slice(count)];
}

/** Of the points at which the setting is searched. An edited space may no longer have what was chosen. */
function densityOf(name: string, dimension: Dimension, points: readonly Point[]): Density<number> {
  const values = points.flatMap((point) => {
    const value = point[name];
    return value === undefined || !isActive(dimension, point) ? [] : [value];
  });
  if (dimension.kind === "choice") {
    const choices = values.map((value) => dimension.values.findIndex((other) => isSame(value, other)));
    return choiceDensity(
      choices.filter((choice) => choice >= 0),
      dimension.values.length,
    );
  }
  const numbers = values.filter((value) => typeof value === "number");
  return parzenDensity(
    numbers
      .filter((value) => value >= dimension.from && value <= dimension.to)
      .map((value) => placeOf(dimension, value)),
  );
}
