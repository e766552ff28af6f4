// A typed array that grows at its end.

export type Numbers = Float64Array | Float32Array;

/**
 * Puts `more` behind the first `length` entries: in the same array where it has room, else in one of the kind of `more`, of
 * `expected` entries or twice as long, so that over a pass each entry is copied about once.
 */
export function append(values: Uint8Array, length: number, more: Uint8Array, expected?: number): Uint8Array;
export function append(values: Numbers, length: number, more: Numbers, expected?: number): Numbers;
export function append(values: Numbers | Uint8Array, length: number, more: Numbers | Uint8Array, expected = 0) {
  const end = length + more.length;
  let grown = values;
  // A Buffer is a Uint8Array, too, but is not made by its constructor.
  const kind = (more instanceof Uint8Array ? Uint8Array : more.constructor) as Float64ArrayConstructor;
  if (end > values.length || (length === 0 && values.constructor !== kind)) {
    grown = new kind(Math.max(expected, 2 * length, end));
    grown.set(values.subarray(0, length));
  }
  grown.set(more, length);
  return grown;
}
