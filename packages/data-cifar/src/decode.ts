// The binary layout: records of one label byte and 3,072 pixel bytes, nothing before, between or after them.
import type { LabelledImages } from "@trainscope/core";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { grouped } from "./format.ts";
import { ARCHIVE_PAGE, CLASS_NAMES, IMAGE_BYTES, RECORD_BYTES } from "./layout.ts";

const HINT = `Put the official file in its place: ${ARCHIVE_PAGE}`;

/**
 * The pictures of one file: `images` is `records x 3072`, `labels` is `records`, copies both.
 *
 * @param bytes - records of a label and 3,072 bytes each
 * @param file - the name that messages show
 * @param records - how many there must be; any whole number of them where it is left out
 * @throws TrainscopeError `BAD_DATA` where the size or a label is wrong
 * @example
 * const response = await fetch("data_batch_1.bin");
 * const { images, labels } = decodeBatch(new Uint8Array(await response.arrayBuffer()), "data_batch_1.bin");
 */
export function decodeBatch(bytes: Uint8Array, file = "the batch", records?: number): LabelledImages {
  requireArgument("decodeBatch", "bytes", bytes, "bytes");
  const found = records ?? wholeRecords(bytes.length, file);
  const decoded = allocate(found);
  decodeInto(decoded, 0, bytes, file, found);
  return decoded;
}

function wholeRecords(size: number, file: string): number {
  if (size % RECORD_BYTES === 0) return size / RECORD_BYTES;
  const expected = `a whole number of records of ${grouped(RECORD_BYTES)} bytes`;
  throw new TrainscopeError("BAD_DATA", `${file} is ${grouped(size)} bytes; expected ${expected}`, {
    hint: HINT,
  });
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
        { hint: HINT },
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
    { hint: HINT },
  );
}

/** The inverse of `decodeBatch`: labels and pictures of 3,072 bytes as the records of one file. */
export function encodeBatch(batch: LabelledImages): Uint8Array {
  requireArgument("encodeBatch", "batch", batch, "an object");
  requireArgument("encodeBatch", "batch.images", batch.images, "bytes");
  requireArgument("encodeBatch", "batch.labels", batch.labels, "bytes");
  const bytes = new Uint8Array(batch.labels.length * RECORD_BYTES);
  batch.labels.forEach((label, record) => {
    bytes[record * RECORD_BYTES] = label;
    const image = batch.images.subarray(record * IMAGE_BYTES, (record + 1) * IMAGE_BYTES);
    bytes.set(image, record * RECORD_BYTES + 1);
  });
  return bytes;
}
