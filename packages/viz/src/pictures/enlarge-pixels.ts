import type { Pixels } from "@trainscope/core/pixels";

/** Each pixel becomes a block of `factor x factor`: nearest neighbour, without blur. */
export function enlargePixels({ width, height, rgba }: Pixels, factor: number): Pixels {
  const source = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  const target = new Uint32Array(width * height * factor * factor);
  const stride = width * factor;
  for (let y = 0; y < height * factor; y++) {
    const from = Math.floor(y / factor) * width;
    for (let x = 0; x < stride; x++) target[y * stride + x] = source[from + Math.floor(x / factor)] as number;
  }
  return { width: stride, height: height * factor, rgba: new Uint8ClampedArray(target.buffer) };
}
