// A grid of dots that becomes text: 2 x 4 dots a cell in Braille, or one dot a cell in ASCII.
// A cell has one owner, hence one colour: whoever drew there last.

export interface DotCanvas {
  /** Size in dots. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Sets a dot, `y` from the top; outside the canvas nothing happens. `owner` is 1 or above. */
  set(x: number, y: number, owner: number): void;
  /** 0 where the cell is empty. */
  owner(column: number, row: number): number;
  character(column: number, row: number): string;
}

const BRAILLE = 0x2800;
/** Bits of the dots of a cell, by row and then column (Unicode, "Braille Patterns"). */
const BITS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80] as const;

/** Dots of the owners in `faint` give way where another draws; all others share their cells. */
export function createBrailleCanvas(
  columns: number,
  rows: number,
  faint: ReadonlySet<number> = new Set(),
): DotCanvas {
  const bits = new Uint8Array(columns * rows);
  const owners = new Uint8Array(columns * rows);
  return {
    width: columns * 2,
    height: rows * 4,
    columns,
    rows,
    set(x, y, owner) {
      if (x < 0 || y < 0 || x >= columns * 2 || y >= rows * 4) return;
      const cell = (y >> 2) * columns + (x >> 1);
      const before = owners[cell] ?? 0;
      if (before !== owner && faint.has(before)) bits[cell] = 0;
      bits[cell] = (bits[cell] ?? 0) | (BITS[(y & 3) * 2 + (x & 1)] ?? 0);
      owners[cell] = owner;
    },
    owner: (column, row) => owners[row * columns + column] ?? 0,
    character: (column, row) => String.fromCharCode(BRAILLE + (bits[row * columns + column] ?? 0)),
  };
}

/** `marks[owner - 1]` is the character of an owner. */
export function createAsciiCanvas(columns: number, rows: number, marks: readonly string[]): DotCanvas {
  const owners = new Uint8Array(columns * rows);
  return {
    width: columns,
    height: rows,
    columns,
    rows,
    set(x, y, owner) {
      if (x >= 0 && y >= 0 && x < columns && y < rows) owners[y * columns + x] = owner;
    },
    owner: (column, row) => owners[row * columns + column] ?? 0,
    character: (column, row) => marks[(owners[row * columns + column] ?? 0) - 1] ?? " ",
  };
}

export interface Pen {
  readonly owner: number;
  /** Every so many dots a gap as long; 0 for a solid line. */
  readonly dashes: number;
  /** Dots drawn so far, which decides where the next gap is. */
  drawn: number;
}

/** A straight line of dots (Bresenham); its last dot is always set. */
export function drawLine(
  canvas: DotCanvas,
  from: readonly [number, number],
  to: readonly [number, number],
  pen: Pen,
) {
  let [x, y] = from;
  const [endX, endY] = to;
  const runX = Math.abs(endX - x);
  const runY = -Math.abs(endY - y);
  const stepX = x < endX ? 1 : -1;
  const stepY = y < endY ? 1 : -1;
  let error = runX + runY;
  while (x !== endX || y !== endY) {
    if (pen.dashes === 0 || Math.floor(pen.drawn / pen.dashes) % 2 === 0) canvas.set(x, y, pen.owner);
    pen.drawn++;
    const twice = 2 * error;
    if (twice >= runY) {
      error += runY;
      x += stepX;
    }
    if (twice <= runX) {
      error += runX;
      y += stepY;
    }
  }
  canvas.set(endX, endY, pen.owner);
}
