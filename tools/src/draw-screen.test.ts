import { expect, it } from "vitest";
import { linesOf } from "./draw-screen.ts";

it("reads characters with their colours, bold and dim, until a reset, over the ends of lines", () => {
  const [first = [], second = []] = linesOf("a\x1b[1;36mb\x1b[22mc\nd\x1b[2me\x1b[0m⢣");
  const cells = [...first, ...second];
  expect(cells.map(({ character }) => character).join("")).toBe("abcde⢣");
  expect(cells.map(({ style }) => [style.bold, style.dim])).toEqual([
    [false, false],
    [true, false],
    [false, false],
    [false, false],
    [false, true],
    [false, false],
  ]);
  const colours = cells.map(({ style }) => style.colour);
  expect(new Set(colours.slice(1, 5)).size).toBe(1);
  expect(colours[0]).toBe(colours[5]);
  expect(colours[0]).not.toBe(colours[1]);
});
