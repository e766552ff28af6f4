import fc from "fast-check";
import { expect, test } from "vitest";
import { arrange, type Wish } from "./arrange.ts";

const TEMPLATES: Wish = {
  count: 10,
  pixels: { width: 32, height: 32 },
  below: 2,
  mostBelow: 5,
  beside: 0,
  leastWidth: 10,
  leastRows: 5,
  gap: 0,
  pictures: "blocks",
};

test("everything fits, and every picture is on one page", () => {
  const size = fc.integer({ min: 1, max: 64 });
  const wishes = fc.record({
    count: fc.integer({ min: 1, max: 120 }),
    pixels: fc.record({ width: size, height: size }),
    below: fc.integer({ min: 0, max: 2 }),
    mostBelow: fc.integer({ min: 2, max: 5 }),
    beside: fc.integer({ min: 0, max: 30 }),
    leastWidth: fc.integer({ min: 0, max: 20 }),
    leastRows: fc.integer({ min: 1, max: 8 }),
    gap: fc.integer({ min: 0, max: 1 }),
    pictures: fc.constantFrom("blocks" as const, "kitty" as const),
  });
  fc.assert(
    fc.property(
      wishes,
      fc.integer({ min: 1, max: 220 }),
      fc.integer({ min: 1, max: 60 }),
      (wish, width, height) => {
        const made = arrange(wish, width, height);
        if (made === undefined) return;
        const { columns, rows, perRow, perPage, pages, below, pitch } = made;
        expect(columns + wish.beside).toBeLessThanOrEqual(pitch.width - 1);
        expect(perRow * pitch.width - 1).toBeLessThanOrEqual(width);
        const lines = perPage / perRow;
        expect((lines - 1) * pitch.height + rows + below).toBeLessThanOrEqual(height);
        expect(rows + below).toBeLessThanOrEqual(pitch.height);
        expect(pages * perPage).toBeGreaterThanOrEqual(wish.count);
        expect((pages - 1) * perPage).toBeLessThan(wish.count);
      },
    ),
  );
});

test("ten templates stand in two rows of five, full size where there is room", () => {
  expect(arrange(TEMPLATES, 76, 16)).toMatchObject({ columns: 12, rows: 6, perRow: 5, pages: 1 });
  expect(arrange(TEMPLATES, 196, 52)).toMatchObject({ columns: 32, rows: 16, perRow: 5, pages: 1 });
});

test("where they would get too small there are pages of equal rows", () => {
  expect(arrange(TEMPLATES, 58, 11)).toMatchObject({ columns: 10, rows: 5, perRow: 5, perPage: 5, pages: 2 });
});

test("two-pixel cells are enlarged by whole numbers only, real pictures by any", () => {
  const two = { ...TEMPLATES, count: 2 };
  expect(arrange(two, 120, 30)).toMatchObject({ columns: 32, rows: 16 });
  expect(arrange({ ...two, pictures: "kitty" }, 120, 30)).toMatchObject({ columns: 56, rows: 28 });
});

test("a picture that is wider than high stays so", () => {
  expect(arrange({ ...TEMPLATES, count: 1, pixels: { width: 64, height: 16 } }, 100, 20)).toMatchObject({
    columns: 64,
    rows: 8,
  });
});
