import type { Entry } from "@trainscope/formats";
import { expect, it } from "vitest";
import { TextFlood } from "./text-flood.ts";

const START = 1_000_000;
const line = (text: string): Entry => ({ kind: "text", text, level: "info" });
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(`line ${from + index}`));

it("tells the first lines of a second at once, the last when it is over, and how many there were besides", () => {
  const flood = new TextFlood();
  expect(flood.take(lines(1, 1000), START)).toEqual(lines(1, 20));
  expect(flood.take(lines(1001, 1002), START + 500)).toEqual([]);
  expect(flood.due(START + 999)).toEqual([]);
  expect(flood.due(START + 1000)).toEqual([line("962 more lines are left out"), ...lines(983, 1002)]);
  expect(flood.due(START + 1001)).toEqual([]);
  expect(flood.take(lines(1, 20), START + 1001)).toEqual(lines(1, 20));
});

it("lets what is no text through, in its order, and keeps nothing back at the end", () => {
  const flood = new TextFlood();
  const record: Entry = { kind: "record", fields: [["loss", 1]] };
  expect(flood.take([...lines(1, 20), record, line("more")], START)).toEqual([...lines(1, 20), record]);
  expect(flood.rest()).toEqual([line("more")]);
  expect(flood.rest()).toEqual([]);
});

it("a clock that steps back holds nothing up", () => {
  const flood = new TextFlood();
  flood.take(lines(1, 30), START);
  expect(flood.take([line("after")], START - 5000)).toEqual([...lines(21, 30), line("after")]);
});
