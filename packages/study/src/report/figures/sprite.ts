// Small pictures in one file, a pixel a pixel, for a page that enlarges them itself: templates over epochs, mistakes.
import type { ImageShape } from "@trainscope/core";
import type { Mistake } from "@trainscope/core/analysis";
import { imagePixels, type Pixels } from "@trainscope/core/pixels";
import { templateStrip } from "@trainscope/viz";
import { pixelsUrl } from "@trainscope/viz/parts";
import type { Montage } from "../document.ts";

/** A page holds at most so many epochs of a montage: each takes about 40 kB. */
const MOST_FRAMES = 10;

export interface Sprite {
  /** A `data:` URL. */
  readonly url: string;
  readonly columns: number;
  readonly rows: number;
  /** Of the rows, where they are epochs. */
  readonly epochs: readonly number[];
}

/** Of the epochs that there are, evenly spread ones with the first and the last among them. */
function chosenFrames<T>(frames: readonly T[], most = MOST_FRAMES): readonly T[] {
  if (frames.length <= most) return frames;
  const places = Array.from({ length: most }, (_, i) => Math.round((i * (frames.length - 1)) / (most - 1)));
  return places.flatMap((place) => frames[place] ?? []);
}

/** A row an epoch, a column a class. */
export function templateSprite({ parameters, frames }: Montage, shape: ImageShape): Sprite {
  const { classes } = parameters;
  const chosen = chosenFrames(frames);
  const rows = chosen.map((frame) => templateStrip(frame, classes, shape));
  const url = encode(
    classes * shape.width,
    shape.height,
    rows.map((row) => [row]),
  );
  return { url, columns: classes, rows: rows.length, epochs: chosen.map(({ epoch }) => epoch) };
}

/** One row. */
export function mistakeSprite(mistakes: readonly Mistake[], shape: ImageShape): Sprite {
  const images = mistakes.map(({ image }) => imagePixels(image, shape));
  const url = encode(mistakes.length * shape.width, shape.height, [images]);
  return { url, columns: mistakes.length, rows: 1, epochs: [] };
}

/** Rows of pictures, each row as wide and high as given, one beneath the other. */
function encode(width: number, height: number, rows: readonly (readonly Pixels[])[]): string {
  const rgba = new Uint8ClampedArray(4 * width * height * rows.length);
  rows.forEach((row, y) => {
    row.forEach((pixels, x) => {
      for (let line = 0; line < pixels.height; line++) {
        const from = pixels.rgba.subarray(4 * line * pixels.width, 4 * (line + 1) * pixels.width);
        rgba.set(from, 4 * ((y * height + line) * width + x * pixels.width));
      }
    });
  });
  return pixelsUrl({ width, height: height * rows.length, rgba });
}
