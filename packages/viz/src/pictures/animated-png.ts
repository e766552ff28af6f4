// Pictures of one size after each other as an animated PNG (https://www.w3.org/TR/png-3/): exact colours, and whoever knows no
// animation shows the first.
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { TrainscopeError } from "@trainscope/core/errors";
import type { Pixels } from "@trainscope/core/pixels";
import { chunk, headerChunk, joined, SIGNATURE, scanlines } from "./png-file.ts";

/** A picture, and for how long it is seen. */
export interface Frame {
  readonly pixels: Pixels;
  readonly milliseconds: number;
}

/** zlib's own threads pack, so that nothing waits for it. */
const pack = promisify(deflate);

/** It begins anew without end. A frame is asked for when it is its turn. Throws `BAD_DATA` where there is none, or two are of different sizes. */
export async function encodeAnimatedPng(frames: Iterable<Frame>): Promise<Uint8Array> {
  let size: Pick<Pixels, "width" | "height"> | undefined;
  let sequence = 0;
  let count = 0;
  const parts: Uint8Array[] = [];
  for (const { pixels, milliseconds } of frames) {
    size ??= pixels;
    const { width, height } = size;
    if (pixels.width !== width || pixels.height !== height) {
      const message = `picture ${count + 1} has ${pixels.width} x ${pixels.height} pixels; expected ${width} x ${height}`;
      throw new TrainscopeError("BAD_DATA", message);
    }
    parts.push(frameControl(sequence++, pixels, milliseconds));
    const data = await pack(scanlines(pixels));
    parts.push(count++ === 0 ? chunk("IDAT", data) : chunk("fdAT", joined([number(sequence++), data])));
  }
  if (size === undefined) throw new TrainscopeError("BAD_DATA", "no picture to animate; expected at least one");
  const head = [SIGNATURE, headerChunk(size.width, size.height), animationControl(count)];
  return joined([...head, ...parts, chunk("IEND", new Uint8Array(0))]);
}

/** How many frames; 0 plays without end. */
function animationControl(frames: number): Uint8Array {
  return chunk("acTL", joined([number(frames), number(0)]));
}

/** The whole picture, in place of the one before. */
function frameControl(sequence: number, { width, height }: Pixels, milliseconds: number): Uint8Array {
  const delay = new Uint8Array(6);
  const view = new DataView(delay.buffer);
  view.setUint16(0, Math.min(65_535, Math.round(milliseconds)));
  view.setUint16(2, 1000);
  return chunk("fcTL", joined([...[sequence, width, height, 0, 0].map(number), delay]));
}

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
