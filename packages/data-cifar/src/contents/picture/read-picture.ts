// One PNG or JPEG as one image: grey ones have one channel, all others three. Transparency is left out.
import type { ImageShape } from "@trainscope/core";
import { messageOf, requireArgument } from "@trainscope/core/errors";
import { decode as decodeJpeg } from "jpeg-js";
import { PNG } from "pngjs";
import { grouped } from "../../format.ts";
import { badFile } from "../contents.ts";

/** An image whose label is the name of its folder. */
export interface Picture {
  readonly kind: "picture";
  readonly file: string;
  readonly shape: ImageShape;
  /** Plane by plane. */
  readonly image: Uint8Array;
}

/** Larger ones are no training images: a decoder's memory has to end somewhere. */
const MOST_SIDE = 4096;

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, i) => bytes[i] === byte);

export const isPng = (bytes: Uint8Array): boolean => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]);
export const isJpeg = (bytes: Uint8Array): boolean => startsWith(bytes, [0xff, 0xd8, 0xff]);
const isGif = (bytes: Uint8Array): boolean => startsWith(bytes, [0x47, 0x49, 0x46, 0x38]);

/** Throws `BAD_DATA` where it is damaged or too large, or no picture of the two kinds. */
export function readPicture(bytes: Uint8Array, file: string): Picture {
  requireArgument("readPicture", "bytes", bytes, "bytes");
  if (!isPng(bytes) && !isJpeg(bytes)) {
    throw badFile(
      file,
      isGif(bytes) ? "it is a GIF; expected a PNG or a JPEG" : "it is neither a PNG nor a JPEG",
    );
  }
  const shape = isPng(bytes) ? pngShape(bytes, file) : jpegShape(bytes, file);
  const { width, height } = shape;
  if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE) {
    const found = `${grouped(width)} x ${grouped(height)} pixels`;
    throw badFile(file, `it has ${found}; expected 1 to ${grouped(MOST_SIDE)} a side`);
  }
  try {
    const rgba = isPng(bytes) ? decodePng(bytes) : decodeJpeg(bytes, { useTArray: true, ...JPEG_LIMITS }).data;
    return { kind: "picture", file, shape, image: planes(rgba, shape) };
  } catch (cause) {
    throw badFile(file, `it is a damaged picture: ${messageOf(cause)}`);
  }
}

const JPEG_LIMITS = { maxResolutionInMP: 17, maxMemoryUsageInMB: 512, tolerantDecoding: false };

function decodePng(bytes: Uint8Array): Uint8Array {
  return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).data;
}

/** Of the first chunk. Colour types 0 and 4 are grey. Source: PNG specification, 11.2.1. */
function pngShape(bytes: Uint8Array, file: string): ImageShape {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(12) !== 0x49484452)
    throw badFile(file, "it is a PNG without a header", 8);
  // Its size would be known after it was inflated only.
  if (bytes[28] !== 0) throw badFile(file, "it is an interlaced PNG; expected one that is not", 28);
  const isGrey = bytes[25] === 0 || bytes[25] === 4;
  return { width: view.getUint32(16), height: view.getUint32(20), channels: isGrey ? 1 : 3 };
}

/** Of the frame's header, a segment with a mark of 0xc0 to 0xcf but for three. Source: ITU-T T.81, B.2.2. */
function jpegShape(bytes: Uint8Array, file: string): ImageShape {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; ) {
    const mark = bytes[at + 1] ?? 0;
    if (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)) {
      const channels = bytes[at + 9] === 1 ? 1 : 3;
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), channels };
    }
    // A byte of 0xff may fill.
    at += mark === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  throw badFile(file, "it is a JPEG without a frame", 2);
}

/** Of `height x width x 4` bytes. */
function planes(rgba: Uint8Array, { width, height, channels }: ImageShape): Uint8Array {
  const size = width * height;
  if (rgba.length !== 4 * size) throw new Error(`${rgba.length} bytes; expected ${4 * size}`);
  const image = new Uint8Array(channels * size);
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < size; i++) image[channel * size + i] = rgba[4 * i + channel] as number;
  }
  return image;
}
