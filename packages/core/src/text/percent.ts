// Fractions in per cent, which is never rounded to all where something is missing.

/** `99.99` from 99.996: with so many decimals, and 100 only where it is 100. */
export function fixedPercent(percent: number, digits: number): string {
  const text = percent.toFixed(digits);
  return percent < 100 && Number(text) >= 100 ? (100 - 10 ** -digits).toFixed(digits) : text;
}

/** `38.94 %` from 0.38944. */
export function percentText(fraction: number, digits = 2): string {
  return `${fixedPercent(100 * fraction, digits)} %`;
}
