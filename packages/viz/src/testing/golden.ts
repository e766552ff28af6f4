// Compares a picture with the one kept in a folder `golden/`. A changed picture is left beside it for looking at.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import { expect } from "vitest";
import { loadCanvas } from "../canvas.ts";

/** Pixelmatch's threshold of colour, 0 to 1; edges that are smoothed differently don't count. */
const COLOUR_TOLERANCE = 0.15;

/** The part of all pixels that may differ. Other settings of the text renderer were seen to change 0.0004 of them. */
const PIXEL_TOLERANCE = 0.002;

/** Device pixels by which width and height may differ: another text renderer measures the last label otherwise. */
const SIZE_TOLERANCE = 4;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Fails where the picture isn't the golden one of the folder within tolerance. `UPDATE_GOLDEN=1` makes it the golden one. */
export async function expectGolden(folder: string, name: string, png: Uint8Array): Promise<void> {
  const golden = join(folder, `${name}.png`);
  const changed = join(folder, `${name}.changed.png`);
  rmSync(changed, { force: true });
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(golden, png);
    return;
  }
  const difference = existsSync(golden) ? await compare(png, readFileSync(golden)) : "there is no golden one";
  if (difference === undefined) return;
  writeFileSync(changed, png);
  expect.fail(`${name}: ${difference}. Look at golden/${name}.changed.png; UPDATE_GOLDEN=1 accepts it.`);
}

/** What differs beyond tolerance, with both numbers. */
async function compare(found: Uint8Array, golden: Uint8Array): Promise<string | undefined> {
  const [actual, expected] = [await decodePicture(found), await decodePicture(golden)];
  const { width, height } = expected;
  if (Math.max(Math.abs(actual.width - width), Math.abs(actual.height - height)) > SIZE_TOLERANCE) {
    return `${actual.width} x ${actual.height}, the golden one is ${width} x ${height}`;
  }
  const { data } = await decodePicture(found, expected);
  const options = { threshold: COLOUR_TOLERANCE };
  const part = pixelmatch(data, expected.data, undefined, width, height, options) / (width * height);
  return part > PIXEL_TOLERANCE ? `${part} of the pixels differ, at most ${PIXEL_TOLERANCE} may` : undefined;
}

/** Colours of a picture in any format node-canvas reads, SVG among them, on white, cut or filled up to a size. */
export async function decodePicture(bytes: Uint8Array | string, size?: Size) {
  const { createCanvas, loadImage } = loadCanvas();
  const image = await loadImage(Buffer.from(bytes));
  const { width, height } = size ?? image;
  const context = createCanvas(width, height).getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, width, height);
}
