import { expect, it } from "vitest";
import { rowsOf } from "./screen-rows.ts";

it("reads names, indexed and direct colours, and keeps a style beyond its line", () => {
  const [first, second] = rowsOf(
    "\u001b[1;36mab\u001b[0mc\u001b[38;5;196;48;2;1;2;3md\n\u001b[22me\u001b[39;49mf",
  );
  expect(first).toEqual([
    { text: "ab", bold: true, color: "cyan" },
    { text: "c" },
    { text: "d", color: 0xff0000, background: 0x010203 },
  ]);
  expect(second).toMatchObject([
    { text: "e", color: 0xff0000 },
    { text: "f", color: undefined },
  ]);
});

it.each([
  [16, 0x000000],
  [21, 0x0000ff],
  [231, 0xffffff],
  [232, 0x080808],
  [255, 0xeeeeee],
])("palette entry %i is xterm's", (entry, colour) => {
  expect(rowsOf(`\u001b[38;5;${entry}mx`)).toEqual([[{ text: "x", color: colour }]]);
});
