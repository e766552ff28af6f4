// A tiny software rasteriser: anti-aliased convex shapes on three planes of 32 x 32 numbers. Coverage comes from
// the distance to the edge, one pixel wide, so there is no supersampling.

/** Pixels on a side. */
export const SIDE = 32;

/** Red, green, blue: 0 to 255, not clamped before the picture is developed. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Each plane holds `SIDE x SIDE` values, row by row. */
export interface Canvas {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
}

export function createCanvas(): Canvas {
  const plane = () => new Float32Array(SIDE * SIDE);
  return { red: plane(), green: plane(), blue: plane() };
}

/** Rows `from` (included) to `to` (not included) run evenly from one colour to the other. */
export function fillRows(canvas: Canvas, from: number, to: number, upper: Colour, lower: Colour): void {
  const first = Math.max(0, Math.round(from));
  const last = Math.min(SIDE, Math.round(to));
  const { red, green, blue } = canvas;
  for (let row = first; row < last; row++) {
    const share = (row - first) / Math.max(1, last - first - 1);
    const start = row * SIDE;
    const r = upper[0] + share * (lower[0] - upper[0]);
    const g = upper[1] + share * (lower[1] - upper[1]);
    const b = upper[2] + share * (lower[2] - upper[2]);
    for (let pixel = start; pixel < start + SIDE; pixel++) {
      red[pixel] = r;
      green[pixel] = g;
      blue[pixel] = b;
    }
  }
}

/** Centre and radii in pixels; the first radius lies along (`cos`, `sin`). */
export function fillEllipse(
  canvas: Canvas,
  colour: Colour,
  opacity: number,
  centreX: number,
  centreY: number,
  radiusX: number,
  radiusY: number,
  cos: number,
  sin: number,
): void {
  const reachX = Math.sqrt((radiusX * cos) ** 2 + (radiusY * sin) ** 2) + 1;
  const reachY = Math.sqrt((radiusX * sin) ** 2 + (radiusY * cos) ** 2) + 1;
  const left = firstPixel(centreX - reachX);
  const right = lastPixel(centreX + reachX);
  const bottom = lastPixel(centreY + reachY);
  const [cosX, sinX] = [cos / radiusX, sin / radiusX];
  const [cosY, sinY] = [cos / radiusY, sin / radiusY];
  // Beyond these, squared, a pixel is wholly outside or wholly inside, which spares it the roots.
  const margin = 1 / Math.min(radiusX, radiusY);
  const outside = (1 + margin) ** 2;
  const inside = margin < 1 ? (1 - margin) ** 2 : 0;
  for (let row = firstPixel(centreY - reachY); row <= bottom; row++) {
    const dy = row + 0.5 - centreY;
    for (let column = left; column <= right; column++) {
      const dx = column + 0.5 - centreX;
      const u = dx * cosX + dy * sinX;
      const v = dy * cosY - dx * sinY;
      const square = u * u + v * v;
      if (square > outside) continue;
      const coverage = square <= inside ? 1 : 0.5 - edgeDistance(u / radiusX, v / radiusY, square);
      if (coverage > 0) blend(canvas, row * SIDE + column, colour, opacity * Math.min(1, coverage));
    }
  }
}

/** First-order distance to the outline where f = |(u, v)| - 1 is zero: f / |grad f|. */
function edgeDistance(slopeX: number, slopeY: number, square: number): number {
  const norm = Math.sqrt(square);
  return (norm * (norm - 1)) / Math.max(1e-9, Math.sqrt(slopeX * slopeX + slopeY * slopeY));
}

/** A line with round ends, `width` pixels wide. */
export function strokeLine(
  canvas: Canvas,
  colour: Colour,
  opacity: number,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  width: number,
): void {
  const reach = width / 2 + 1;
  const outside = (width / 2 + 0.5) ** 2;
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  const lengthSquared = Math.max(1e-9, alongX * alongX + alongY * alongY);
  const left = firstPixel(Math.min(fromX, toX) - reach);
  const right = lastPixel(Math.max(fromX, toX) + reach);
  const bottom = lastPixel(Math.max(fromY, toY) + reach);
  for (let row = firstPixel(Math.min(fromY, toY) - reach); row <= bottom; row++) {
    const dy = row + 0.5 - fromY;
    for (let column = left; column <= right; column++) {
      const dx = column + 0.5 - fromX;
      const along = Math.min(1, Math.max(0, (dx * alongX + dy * alongY) / lengthSquared));
      const offX = dx - along * alongX;
      const offY = dy - along * alongY;
      const square = offX * offX + offY * offY;
      if (square >= outside) continue;
      const coverage = 0.5 + width / 2 - Math.sqrt(square);
      if (coverage > 0) blend(canvas, row * SIDE + column, colour, opacity * Math.min(1, coverage));
    }
  }
}

/** `corners` are x, y, x, y, ... in pixels, around a convex outline in either sense. */
export function fillConvex(canvas: Canvas, colour: Colour, opacity: number, corners: readonly number[]): void {
  const edges = outwardEdges(corners);
  let [minX, maxX, minY, maxY] = [SIDE, 0, SIDE, 0];
  for (let i = 0; i < corners.length; i += 2) {
    minX = Math.min(minX, corners[i] as number);
    maxX = Math.max(maxX, corners[i] as number);
    minY = Math.min(minY, corners[i + 1] as number);
    maxY = Math.max(maxY, corners[i + 1] as number);
  }
  const left = firstPixel(minX - 0.5);
  const right = lastPixel(maxX + 0.5);
  const bottom = lastPixel(maxY + 0.5);
  for (let row = firstPixel(minY - 0.5); row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      let distance = -Infinity;
      for (let e = 0; e < edges.length; e += 3) {
        const toEdge =
          (column + 0.5) * (edges[e] as number) +
          (row + 0.5) * (edges[e + 1] as number) -
          (edges[e + 2] as number);
        if (toEdge > distance) distance = toEdge;
        if (distance >= 0.5) break;
      }
      const coverage = 0.5 - distance;
      if (coverage > 0) blend(canvas, row * SIDE + column, colour, opacity * Math.min(1, coverage));
    }
  }
}

/** Each edge as a unit normal that points out, and its offset: three numbers. */
function outwardEdges(corners: readonly number[]): number[] {
  const count = corners.length / 2;
  const edges: number[] = [];
  let area = 0;
  for (let i = 0; i < count; i++) {
    const x = corners[2 * i] as number;
    const y = corners[2 * i + 1] as number;
    const next = 2 * ((i + 1) % count);
    const alongX = (corners[next] as number) - x;
    const alongY = (corners[next + 1] as number) - y;
    const length = Math.max(1e-9, Math.sqrt(alongX * alongX + alongY * alongY));
    area += x * alongY - y * alongX;
    edges.push(alongY / length, -alongX / length, (x * alongY - y * alongX) / length);
  }
  // Mirroring turns the outline's sense round, and with it every normal.
  if (area < 0) for (let i = 0; i < edges.length; i++) edges[i] = -(edges[i] as number);
  return edges;
}

/** The colour under `pixel` moves towards `colour` by `share`. */
function blend(canvas: Canvas, pixel: number, colour: Colour, share: number): void {
  const { red, green, blue } = canvas;
  const keep = 1 - share;
  red[pixel] = keep * (red[pixel] as number) + share * colour[0];
  green[pixel] = keep * (green[pixel] as number) + share * colour[1];
  blue[pixel] = keep * (blue[pixel] as number) + share * colour[2];
}

const firstPixel = (coordinate: number) => Math.max(0, Math.floor(coordinate));
const lastPixel = (coordinate: number) => Math.min(SIDE - 1, Math.floor(coordinate));
