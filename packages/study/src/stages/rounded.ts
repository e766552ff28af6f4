// Settings that are reckoned from others.

/** To three digits: 0.1 x 0.1 is to be 0.01, and names short. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
