// MATLAB files that unpack to too much: what is looked at is bounded before it is unpacked.
import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { readVariables } from "./read-mat.ts";

const tagged = (type: number, bytes: Uint8Array): Buffer => {
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(type, 0);
  tag.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([tag, bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
};
const UINT8 = 9;
const flags = tagged(6, Buffer.from([UINT8, 0, 0, 0, 0, 0, 0, 0]));
const dimensions = (...sides: readonly number[]): Buffer =>
  tagged(5, Buffer.from(Uint32Array.from(sides).buffer));

/** One compressed matrix of the parts. */
const compressed = (...parts: readonly Buffer[]): Buffer => {
  const packed = deflateSync(tagged(14, Buffer.concat(parts)));
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(15, 0);
  tag.writeUInt32LE(packed.length, 4);
  return Buffer.concat([tag, packed]);
};
const bytesNamed = (name: string, count: number): Buffer =>
  compressed(flags, dimensions(1, count), tagged(1, Buffer.from(name)), tagged(2, Buffer.alloc(count, 7)));
const file = (...elements: readonly Buffer[]): Buffer => {
  const header = Buffer.alloc(128);
  header.write("MATLAB 5.0 MAT-file", "latin1");
  header.write("IM", 126, "latin1");
  return Buffer.concat([header, ...elements]);
};

it.each([
  ["dimensions", compressed(flags, tagged(5, Buffer.alloc(4_000_000)), tagged(1, Buffer.from("data")))],
  ["a name", compressed(flags, dimensions(1, 1), tagged(1, Buffer.alloc(4_000_000, "a")))],
  ["flags", compressed(tagged(6, Buffer.alloc(4_000_000)), dimensions(1, 1), tagged(1, Buffer.from("data")))],
])("%s of millions of bytes are not unpacked", (_, element) => {
  expect(() => readVariables(file(element), "some.mat")).toThrow(
    /^some\.mat, at byte \d+: an element tells of 4,000,000 bytes; [\d,]+ are left$/,
  );
});

it("dimensions that are there, and more than an array has, are told by their size", () => {
  const element = compressed(flags, dimensions(...Array<number>(33).fill(1)), tagged(1, Buffer.from("data")));
  expect(() => readVariables(file(element), "some.mat")).toThrow(
    /a matrix has dimensions of 132 bytes; expected at most 128$/,
  );
});

it("what is unpacked is counted over all variables; of those that aren't read, the beginning alone is", () => {
  const most = 3_000_000;
  const read = (...elements: readonly Buffer[]) => [...readVariables(file(...elements), "a.mat", most).keys()];
  expect(read(bytesNamed("mine", 10_000_000), bytesNamed("data", 500_000))).toEqual(["data"]);
  expect(() => read(bytesNamed("data", 800_000), bytesNamed("labels", 800_000))).toThrow(
    /a compressed element is damaged, or all of them together larger than 3,000,000 bytes/,
  );
});

it("a file of nothing but elements ends at the ten thousandth", () => {
  const empty = (count: number): Buffer => file(...Array<Buffer>(count).fill(tagged(2, Buffer.alloc(0))));
  expect(readVariables(empty(10_000), "a.mat").size).toBe(0);
  expect(() => readVariables(empty(10_001), "a.mat")).toThrow(
    "a.mat, at byte 80,136: it has more than 10,000 elements",
  );
});
