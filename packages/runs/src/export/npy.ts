// NumPy's format for one array. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import type { Tensor } from "@trainscope/core";

const MAGIC = "\x93NUMPY";
const VERSION = [1, 0];
const LENGTH_BYTES = 2;
/** Where the numbers begin: a multiple, so that a reader may look at them in place. */
const ALIGNMENT = 64;

/** The bytes of a file, row-major and little-endian: `<f4` for Float32Array, `<f8` for Float64Array. */
export function encodeNpy({ shape, data }: Tensor): Uint8Array {
  const size = data.BYTES_PER_ELEMENT;
  // As Python writes a tuple: one number has a comma, too.
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header = `{'descr': '<f${size}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const before = MAGIC.length + VERSION.length + LENGTH_BYTES;
  const start = Math.ceil((before + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const padded = `${header.padEnd(start - before - 1)}\n`;

  const bytes = new Uint8Array(start + data.length * size);
  const view = new DataView(bytes.buffer);
  bytes.set(latin1(MAGIC));
  bytes.set(VERSION, MAGIC.length);
  view.setUint16(MAGIC.length + VERSION.length, padded.length, true);
  bytes.set(latin1(padded), before);
  data.forEach((value, index) => {
    const at = start + index * size;
    if (size === 4) view.setFloat32(at, value, true);
    else view.setFloat64(at, value, true);
  });
  return bytes;
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
