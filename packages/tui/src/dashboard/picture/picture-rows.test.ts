import fc from "fast-check";
import { expect, test } from "vitest";
import { rowWidth } from "../text/rows.ts";
import { pictureRows } from "./picture-rows.ts";

function pixelsOf(width: number, height: number, colorAt: (x: number, y: number) => number) {
  const colors = Array.from({ length: width * height }, (_, i) => colorAt(i % width, Math.floor(i / width)));
  const bytes = colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255, 255]);
  return { width, height, rgba: Uint8ClampedArray.from(bytes) };
}

const side = fc.integer({ min: 1, max: 20 });
const BLOCKS = { pictures: "blocks" } as const;

test("the rows have exactly the size asked for", () => {
  const kinds = fc.constantFrom("kitty", "blocks", "none");
  fc.assert(
    fc.property(side, side, side, side, kinds, (width, height, columns, rows, pictures) => {
      const drawn = pictureRows(
        pixelsOf(width, height, (x, y) => x * 1000 + y),
        columns,
        rows,
        { pictures },
      );
      expect(drawn.map(rowWidth)).toEqual(new Array(rows).fill(columns));
    }),
  );
});

test("a cell's text colour is the upper pixel, its background the lower", () => {
  const pixels = pixelsOf(2, 2, (x, y) => 0x100000 * x + 0x0000aa * y + 0x1234);
  expect(pictureRows(pixels, 2, 1, BLOCKS)).toEqual([
    [
      { text: "▀", color: 0x001234, background: 0x0012de },
      { text: "▀", color: 0x101234, background: 0x1012de },
    ],
  ]);
});

test("neighbours that look alike are one run", () => {
  const [first, second] = pictureRows(
    pixelsOf(8, 8, (_, y) => (y < 4 ? 0x112233 : 0x445566)),
    8,
    4,
    BLOCKS,
  );
  expect(first).toEqual([{ text: "▀▀▀▀▀▀▀▀", color: 0x112233, background: 0x112233 }]);
  expect(second).toHaveLength(1);
});

test("a picture that is made smaller is as bright as before", () => {
  const colors = fc.array(fc.integer({ min: 0, max: 0xffffff }), { minLength: 144, maxLength: 144 });
  fc.assert(
    fc.property(colors, fc.constantFrom(1, 2, 3, 6), fc.constantFrom(1, 2, 3, 6), (values, columns, rows) => {
      const pixels = pixelsOf(12, 12, (x, y) => values[12 * y + x] ?? 0);
      const halves = pictureRows(pixels, columns, rows, BLOCKS).flatMap((row) =>
        row.flatMap(({ text, color, background }) =>
          [...text].flatMap(() => [Number(color), Number(background)]),
        ),
      );
      for (const shift of [16, 8, 0]) {
        const mean = (all: readonly number[]) =>
          all.reduce((sum, one) => sum + ((one >> shift) & 255), 0) / all.length;
        // Each half is rounded to a whole byte.
        expect(Math.abs(mean(halves) - mean(values))).toBeLessThanOrEqual(0.5);
      }
    }),
  );
});

test("the same pixels at the same size are the same picture; another size is another", () => {
  const pixels = pixelsOf(4, 4, (x) => x);
  const pictureIn = (columns: number) =>
    pictureRows(pixels, columns, 3, { pictures: "kitty" }).map(([run]) => run?.picture);
  const [first, second] = pictureIn(6);
  expect(first?.picture).toBe(second?.picture);
  expect([first?.row, second?.row]).toEqual([0, 1]);
  expect(pictureIn(6)[0]?.picture).toBe(first?.picture);
  expect(pictureIn(5)[0]?.picture).not.toBe(first?.picture);
});
