// Numbers as text: with a minus that is one, and as powers of ten where they are too large or too small to be written out.

const MINUS = "−";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Whether a number is better written as a power of ten. */
export function isExtreme(value: number): boolean {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5);
}

/** Two digits and a power of ten: `1.2×10⁻⁶`, `10¹²`. */
export function scientific(value: number): string {
  if (value === 0) return "0";
  const [mantissa = "", exponent = ""] = value.toExponential(1).split("e");
  const power = `10${exponent
    .replace("+", "")
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => SUPERSCRIPTS.charAt(Number(digit)))}`;
  return mantissa === "1.0" ? power : `${mantissa.replace(".0", "").replace("-", "−")}×${power}`;
}

/** Whole numbers as they are, others with three digits. */
export function short(value: number): string {
  if (isExtreme(value) && !Number.isInteger(value)) return scientific(value);
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(3));
  return rounded.toLocaleString("en-GB", { maximumFractionDigits: 20 }).replace("-", MINUS);
}

/** A minus that is as wide as a plus; no negative zero. */
export function fixed(value: number, digits: number): string {
  const shown = value.toFixed(digits);
  return Number(shown) === 0 ? shown.replace("-", "") : shown.replace("-", MINUS);
}

/** Percentage points with their sign: `+1.2` or `−0.3` from a fraction. */
export function signedPoints(difference: number, digits = 1): string {
  const shown = fixed(100 * difference, digits);
  return shown.startsWith(MINUS) || Number(shown) === 0 ? shown : `+${shown}`;
}
