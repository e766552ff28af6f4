import { describe, expect, it } from "vitest";
import { csv } from "./csv.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** In pieces of so many bytes. */
function read(text: string, piece: number): unknown[] {
  const reader = csv.create();
  const bytes = bytesOf(text);
  const entries = [];
  for (let from = 0; from < bytes.length; from += piece)
    entries.push(...reader.push(bytes.subarray(from, from + piece)));
  return [...entries, ...reader.end()].map((entry) => ("fields" in entry ? entry.fields : entry));
}

const ROWS = [
  [["epoch", 1], ["loss", 0.5]], // biome-ignore format: rows read better in a line
  [["epoch", 2], ["loss", 0.25]], // biome-ignore format: rows read better in a line
];

describe.each([
  ["a comment of another delimiter", "# a, b, c, d\nepoch;loss\n1;0,5\n2;0,25\n"],
  ["several", "# resnet, lr 0.1, batch 64\n# second, third\nepoch\tloss\n1\t0.5\n2\t0.25\n"],
  ["one that looks like a header", "# begun in May, by night\nepoch,loss\n1,0.5\n2,0.25\n"],
  ["an object", '#{"t_start": 1.0, "env_id": "x", "seed": 1}\nepoch;loss\n1;0.5\n2;0.25\n'],
  ["a header behind a sign", "#epoch;loss\n1;0,5\n2;0,25\n"],
  ["a comment, then such a header", "# run of May, resnet\n#epoch,loss\n1,0.5\n2,0.25\n"],
  ["none", "epoch,loss\n1,0.5\n2,0.25\n"],
])("a table below comments: %s", (_, text) => {
  it("is recognised", () => {
    expect(csv.recognise(bytesOf(text), "log.csv")).toBe(0.9);
  });

  it.each([1, 7, 1000])("and read, in pieces of %i bytes", (piece) => {
    expect(read(text, piece)).toEqual(ROWS);
  });
});

it("comments alone are no table", () => {
  expect(read("# a, b\n# c, d\n", 1000)).toEqual([]);
  expect(csv.recognise(bytesOf("# a, b\n# c, d\n"), "log.txt")).toBe(0);
});
