// Where the points of a search stand on logarithmic axes, and the tile of the plane that each stands for.
import type { SearchPoint } from "../stages/results.ts";

/** In decades. A tile reaches half the way to the next point of its own pass. */
export interface Tile {
  readonly point: SearchPoint;
  readonly x: number;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly bottom: number;
  readonly top: number;
}

/** Of a tile that has no neighbour. */
const LONE_HALF = 0.25;
/** A λ of 0, which has no logarithm, stands this far below the least of the others. */
const ZERO_STEP = 1;
const ZERO_ALONE = 0;

export interface SearchAxes {
  /** Decades of a learning rate, of a λ. */
  x(learningRate: number): number;
  y(lambda: number): number;
}

export function searchAxes(points: readonly SearchPoint[]): SearchAxes {
  const decades = points.filter(({ lambda }) => lambda > 0).map(({ lambda }) => Math.log10(lambda));
  const zero = decades.length === 0 ? ZERO_ALONE : Math.min(...decades) - ZERO_STEP;
  return {
    x: (learningRate) => Math.log10(learningRate),
    y: (lambda) => (lambda > 0 ? Math.log10(lambda) : zero),
  };
}

/** The tiles of the points of one pass and one batch size. */
export function tilesOf(points: readonly SearchPoint[], axes: SearchAxes): Tile[] {
  const [spanX, spanY] = [
    spansOf(points.map(({ learningRate }) => axes.x(learningRate))),
    spansOf(points.map(({ lambda }) => axes.y(lambda))),
  ];
  return points.map((point) => {
    const [x, y] = [axes.x(point.learningRate), axes.y(point.lambda)];
    const [[left, right], [bottom, top]] = [spanX(x), spanY(y)];
    return { point, x, left, right, y, bottom, top };
  });
}

/** From a place to the middles between it and its neighbours; the outermost reach as far outwards as inwards. */
function spansOf(values: readonly number[]): (value: number) => readonly [number, number] {
  const places = [...new Set(values)].sort((a, b) => a - b);
  return (value) => {
    const index = places.indexOf(value);
    const [before, after] = [places[index - 1], places[index + 1]];
    const down = before === undefined ? undefined : (value - before) / 2;
    const up = after === undefined ? undefined : (after - value) / 2;
    return [value - (down ?? up ?? LONE_HALF), value + (up ?? down ?? LONE_HALF)];
  };
}

/** Whether what is written in the middle of a tile, so many decades wide and high, would touch one of others. */
export function isCovered({ x, y }: Tile, others: readonly Tile[], width = 0, height = 0): boolean {
  const [halfX, halfY] = [width / 2, height / 2];
  return others.some(
    ({ left, right, bottom, top }) =>
      x + halfX >= left && x - halfX <= right && y + halfY >= bottom && y - halfY <= top,
  );
}
