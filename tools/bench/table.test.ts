import { expect, it } from "vitest";
import { digits, formatTable, percent } from "./table.ts";

it("puts the first column to the left, the others to the right, and leaves no blanks at ends", () => {
  const table = {
    columns: ["name", "ms"],
    rows: [
      ["a", "1.0"],
      ["longer", ""],
    ],
  };
  expect(formatTable(table)).toBe("name     ms\n──────  ───\na       1.0\nlonger");
});

it.each([
  [31.42, "31.4"],
  [1268.4, "1268"],
  [0.81349, "0.813"],
  [1.8, "1.80"],
  [Number.NaN, "–"],
])("%d in three digits is %s", (value, text) => expect(digits(value)).toBe(text));

it("percent has one decimal", () => expect(percent(0.4104)).toBe("41.0 %"));
