// CRC-32C (Castagnoli), as TensorFlow's records and LevelDB's logs have it, and the mask that both put over it.
// https://github.com/google/leveldb/blob/main/util/crc32c.h

const POLYNOMIAL = 0x82f63b78;

/** Eight tables, so that eight bytes are taken at a time. */
const TABLES = Array.from({ length: 8 }, () => new Int32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  entry(0)[byte] = crc;
}
for (let slice = 1; slice < 8; slice++) {
  for (let byte = 0; byte < 256; byte++) {
    const before = entry(slice - 1)[byte] ?? 0;
    entry(slice)[byte] = (before >>> 8) ^ (entry(0)[before & 255] ?? 0);
  }
}

function entry(slice: number): Int32Array {
  return TABLES[slice] ?? new Int32Array(256);
}

const [T0, T1, T2, T3, T4, T5, T6, T7] = [0, 1, 2, 3, 4, 5, 6, 7].map(entry) as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** An unsigned number, of the bytes from `from` to before `to`. `before`: that of the bytes before these, to go on from. */
export function crc32c(bytes: Uint8Array, before = 0, from = 0, to = bytes.length): number {
  let crc = ~before;
  let at = from;
  for (; at + 8 <= to; at += 8) {
    const low = crc ^ (at4(bytes, at) | 0);
    crc =
      at8(T7, low) ^
      at8(T6, low >>> 8) ^
      at8(T5, low >>> 16) ^
      at8(T4, low >>> 24) ^
      at8(T3, bytes[at + 4] ?? 0) ^
      at8(T2, bytes[at + 5] ?? 0) ^
      at8(T1, bytes[at + 6] ?? 0) ^
      at8(T0, bytes[at + 7] ?? 0);
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ at8(T0, crc ^ (bytes[at] ?? 0));
  return ~crc >>> 0;
}

function at8(table: Int32Array, index: number): number {
  return table[index & 255] ?? 0;
}

function at4(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
  );
}

/** A CRC of data that holds CRCs is weak, so a stored one is rotated and moved. */
export function maskedCrc32c(bytes: Uint8Array, from = 0, to = bytes.length): number {
  const crc = crc32c(bytes, 0, from, to);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
