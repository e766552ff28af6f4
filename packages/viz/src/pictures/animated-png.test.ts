import { crc32, inflateSync } from "node:zlib";
import type { Pixels } from "@trainscope/core/pixels";
import { expect, it } from "vitest";
import { encodeAnimatedPng } from "./animated-png.ts";

const pixels = (shade: number, width = 3, height = 2): Pixels => ({
  width,
  height,
  rgba: Uint8ClampedArray.from({ length: 4 * width * height }, (_, index) => shade + index),
});

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** Each with its checksum found right, by Node's own. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] {
  const file = Buffer.from(bytes);
  expect(file.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const chunks: Chunk[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.push({ type: body.subarray(0, 4).toString("latin1"), data: body.subarray(4) });
    at += 12 + length;
  }
  return chunks;
}

/** The rows' bytes, without their filters. */
function rowsOf(packed: Buffer): readonly number[] {
  const lines = inflateSync(packed);
  return [...lines.subarray(1, 13), ...lines.subarray(14, 26)];
}

it("is a PNG of the first picture whose chunks are in the order and of the numbers that the specification wants", async () => {
  const frames = [10, 60, 110].map((shade, index) => ({
    pixels: pixels(shade),
    milliseconds: 100 * (index + 1),
  }));
  const chunks = chunksOf(await encodeAnimatedPng(frames));
  const types = ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"];
  expect(chunks.map(({ type }) => type)).toEqual(types);
  const [, control] = chunks;
  expect([control?.data.readUInt32BE(0), control?.data.readUInt32BE(4)]).toEqual([3, 0]);
  const numbered = chunks.filter(({ type }) => type === "fcTL" || type === "fdAT");
  expect(numbered.map(({ data }) => data.readUInt32BE(0))).toEqual([0, 1, 2, 3, 4]);
  const controls = chunks.filter(({ type }) => type === "fcTL").map(({ data }) => data);
  expect(controls.map((data) => [data.readUInt32BE(4), data.readUInt32BE(8), data.length])).toEqual(
    Array(3).fill([3, 2, 26]),
  );
  expect(controls.map((data) => [data.readUInt16BE(20), data.readUInt16BE(22)])).toEqual([
    [100, 1000],
    [200, 1000],
    [300, 1000],
  ]);
  const pictures = chunks.flatMap(({ type, data }) =>
    type === "IDAT" ? [rowsOf(data)] : type === "fdAT" ? [rowsOf(data.subarray(4))] : [],
  );
  expect(pictures).toEqual(frames.map(({ pixels: { rgba } }) => [...rgba]));
});

it("refuses none, and pictures of different sizes", async () => {
  await expect(encodeAnimatedPng([])).rejects.toThrow("no picture to animate");
  const frames = [pixels(0), pixels(0, 2)].map((one) => ({ pixels: one, milliseconds: 1 }));
  await expect(encodeAnimatedPng(frames)).rejects.toThrow("picture 2 has 2 x 2 pixels; expected 3 x 2");
});
