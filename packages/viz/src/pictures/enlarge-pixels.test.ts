import { createRandom, RandomStream } from "@trainscope/core";
import { expect, test } from "vitest";
import { enlargePixels } from "./enlarge-pixels.ts";

test("enlarging makes every pixel an exact block", () => {
  const random = createRandom(3, RandomStream.sample);
  for (const factor of [1, 2, 3, 7]) {
    const [width, height] = [5, 3];
    const rgba = Uint8ClampedArray.from({ length: 4 * width * height }, () => random.integer(256));
    const enlarged = enlargePixels({ width, height, rgba }, factor);
    expect([enlarged.width, enlarged.height]).toEqual([width * factor, height * factor]);
    for (let i = 0; i < enlarged.rgba.length; i++) {
      const [x, y] = [Math.floor(i / 4) % enlarged.width, Math.floor(i / 4 / enlarged.width)];
      const source = 4 * (Math.floor(y / factor) * width + Math.floor(x / factor)) + (i % 4);
      if (enlarged.rgba[i] !== rgba[source]) expect.fail(`byte ${i} at factor ${factor}`);
    }
  }
});
