import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText, rowWidth } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
import { TAB_NAMES } from "../view/view.ts";
import { tabAt, tabBarRow } from "./tab-bar.ts";

const anyTheme = fc.boolean().map((color) => createTheme({ color, ascii: !color }));

describe("tabBarRow", () => {
  it("fits in 60 columns and more, and each name is where a click finds it", () => {
    const width = fc.integer({ min: 60, max: 200 });
    fc.assert(
      fc.property(
        fc.constantFrom(...TAB_NAMES),
        fc.nat(2000),
        width,
        anyTheme,
        (active, problems, columns, theme) => {
          const row = tabBarRow(active, problems, columns, theme);
          expect(rowWidth(row)).toBeLessThanOrEqual(columns);
          const line = plainText(row).toLowerCase();
          for (const tab of TAB_NAMES) {
            const left = line.indexOf(tab);
            expect(left).toBeGreaterThan(0);
            expect(tabAt(left, active, problems, columns, theme)).toBe(tab);
            expect(tabAt(left + tab.length - 1, active, problems, columns, theme)).toBe(tab);
          }
        },
      ),
    );
  });
});
