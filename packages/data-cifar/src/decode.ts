// The binary layout: records of one label byte and 3,072 pixel bytes, nothing before, between or after them.
import { type LabelledImages, TrainscopeError } from "@trainscope/core";
import { grouped } from "./format.ts";
import { CLASS_NAMES, IMAGE_BYTES, RECORD_BYTES, RECORDS_PER_FILE } from "./layout.ts";

const DOWNLOAD_HINT =
  "Put the official file in its place; `trainscope data download` fetches and checks a whole set of its own.";

/**
 * The `records` pictures of one file: `images` is `records x 3072`, `labels` is `records`. `file` is the name shown
 * in messages. Throws `BAD_DATA` if the size or a label is wrong.
 */
export function decodeBatch(bytes: Uint8Array, file: string, records = RECORDS_PER_FILE): LabelledImages {
  const decoded = allocate(records);
  decodeInto(decoded, 0, bytes, file, records);
  return decoded;
}

/** Room for `records` pictures and their labels; `allocateImages` of core puts them where its engine needs no copy. */
export function allocate(
  records: number,
  allocateBytes = (bytes: number): Uint8Array => new Uint8Array(bytes),
): LabelledImages {
  return { images: allocateBytes(records * IMAGE_BYTES), labels: new Uint8Array(records) };
}

/** As `decodeBatch`, to `target` from picture `first` on: several files end up in one array without another copy. */
export function decodeInto(
  target: LabelledImages,
  first: number,
  bytes: Uint8Array,
  file: string,
  records: number,
): void {
  checkSize(bytes.length, file, records);
  for (let record = 0; record < records; record++) {
    const start = record * RECORD_BYTES;
    const label = bytes[start] as number;
    if (label >= CLASS_NAMES.length) {
      throw new TrainscopeError(
        "BAD_DATA",
        `${file}: record ${grouped(record)} (counted from 0) has label ${label}; expected 0 to ${CLASS_NAMES.length - 1}`,
        { hint: DOWNLOAD_HINT },
      );
    }
    target.labels[first + record] = label;
    target.images.set(bytes.subarray(start + 1, start + RECORD_BYTES), (first + record) * IMAGE_BYTES);
  }
}

/** Throws `BAD_DATA` unless `size` bytes are exactly `records` records. */
export function checkSize(size: number, file: string, records: number): void {
  const expected = records * RECORD_BYTES;
  if (size === expected) return;
  throw new TrainscopeError(
    "BAD_DATA",
    `${file} is ${grouped(size)} bytes; expected ${grouped(expected)} ` +
      `(${grouped(records)} records of ${grouped(RECORD_BYTES)} bytes)`,
    { hint: DOWNLOAD_HINT },
  );
}

/** The inverse of `decodeBatch`: labels and pictures of 3,072 bytes as the records of one file. */
export function encodeBatch(batch: LabelledImages): Uint8Array {
  const bytes = new Uint8Array(batch.labels.length * RECORD_BYTES);
  batch.labels.forEach((label, record) => {
    bytes[record * RECORD_BYTES] = label;
    const image = batch.images.subarray(record * IMAGE_BYTES, (record + 1) * IMAGE_BYTES);
    bytes.set(image, record * RECORD_BYTES + 1);
  });
  return bytes;
}
