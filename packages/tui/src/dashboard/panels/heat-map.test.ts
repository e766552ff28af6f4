import { expect, test } from "vitest";
import { createTheme } from "../text/theme.ts";
import { heatMapRows } from "./heat-map.ts";

test.each([47, 49, 50, 53, 97, 100])("of %s classes each cell is of its own entry", (size) => {
  const theme = createTheme({ color: false, ascii: false });
  for (let one = 0; one < size; one++) {
    const matrix = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => Number(i === one && j === one)),
    );
    const rows = heatMapRows(matrix, undefined, 2 * size, size, theme);
    const full = rows.map((row) =>
      row
        .map(({ text }) => text)
        .join("")
        .indexOf("██"),
    );
    expect(full).toEqual(matrix.map((_, i) => (i === one ? 2 * one : -1)));
    expect(rows.flat().filter(({ text }) => text.includes("█"))).toHaveLength(1);
  }
});
