// NumPy's format for one array. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import type { Tensor } from "@trainscope/core/safetensors";

const MAGIC = "\x93NUMPY";
const VERSION = [1, 0];
const LENGTH_BYTES = 2;
/** Where the numbers begin: a multiple, so that a reader may look at them in place. */
const ALIGNMENT = 64;

/** The bytes of a file, row-major and little-endian: `<f4` for Float32Array, `<f8` for Float64Array. */
export function encodeNpy({ shape, data }: Tensor): Uint8Array {
  const size = data.BYTES_PER_ELEMENT;
  const { bytes, view, start } = layOut(`<f${size}`, shape, data.length * size);
  data.forEach((value, index) => {
    const at = start + index * size;
    if (size === 4) view.setFloat32(at, value, true);
    else view.setFloat64(at, value, true);
  });
  return bytes;
}

/** Texts, `<Un`: each of as many code points as the longest has, filled up with zeros, four bytes each. A list, or one of no dimension. */
export function encodeTexts(given: readonly string[] | string): Uint8Array {
  const texts = [given].flat();
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const longest = points.reduce((most, { length }) => Math.max(most, length), 1);
  const { bytes, view, start } = layOut(
    `<U${longest}`,
    typeof given === "string" ? [] : [texts.length],
    4 * longest * texts.length,
  );
  points.forEach((own, index) => {
    for (const [place, point] of own.entries()) {
      view.setUint32(start + 4 * (index * longest + place), point, true);
    }
  });
  return bytes;
}

/** The header, as Python writes a dict, and room for the numbers after it. */
function layOut(type: string, shape: readonly number[], length: number) {
  // As Python writes a tuple: one number has a comma, too.
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const before = MAGIC.length + VERSION.length + LENGTH_BYTES;
  const start = Math.ceil((before + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const padded = `${header.padEnd(start - before - 1)}\n`;

  const bytes = new Uint8Array(start + length);
  const view = new DataView(bytes.buffer);
  bytes.set(latin1(MAGIC));
  bytes.set(VERSION, MAGIC.length);
  view.setUint16(MAGIC.length + VERSION.length, padded.length, true);
  bytes.set(latin1(padded), before);
  return { bytes, view, start };
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
