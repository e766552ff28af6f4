import { createRandom, RandomStream } from "@trainscope/core";
import { expect, test } from "vitest";
import { decodePicture } from "../testing/golden.ts";
import { encodePixels } from "./pixels-png.ts";

test("a reader gets back each pixel as it was", async () => {
  const random = createRandom(7, RandomStream.sample);
  for (const [width, height] of [
    [1, 1],
    [5, 3],
    [320, 32],
  ] as const) {
    const rgba = Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) =>
      i % 4 === 3 ? 255 : random.integer(256),
    );
    const picture = await decodePicture(encodePixels({ width, height, rgba }));
    expect([picture.width, picture.height]).toEqual([width, height]);
    expect(Buffer.from(picture.data).equals(Buffer.from(rgba))).toBe(true);
  }
});
