// Round numbers along an axis: steps of 1, 2 or 5 times a power of ten.

/** The smallest 1-2-5 step that divides `span` into at most `intervals`. */
function niceStep(span: number, intervals: number): number {
  const rough = span / Math.max(1, intervals);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  // A little slack, so that 0.30000000000000004 / 3 is still a step of 0.1.
  for (const nice of [1, 2, 5]) if (factor <= nice * 1.000001) return nice * power;
  return 10 * power;
}

/** Round values within [low, high], at most `most` of them, rising; none where the range is empty. */
export function niceTicks(low: number, high: number, most: number): number[] {
  if (most < 1 || !(low < high)) return [];
  // Between neighbours, as far as float64 tells them apart, lies no round value.
  if (high - low <= 1e-12 * Math.max(Math.abs(low), Math.abs(high))) return [];
  if (!Number.isFinite(high - low)) return niceTicks(low / 4, high / 4, most).map((tick) => tick * 4);
  // The range rarely begins on a tick, so a step finer than span / most may still fit.
  for (let intervals = most * 2; intervals >= 1; intervals--) {
    const step = niceStep(high - low, intervals);
    if (!(step > 0) || !Number.isFinite(step)) return [];
    const first = Math.ceil(low / step - 1e-9);
    const count = Math.floor(high / step + 1e-9) - first + 1;
    if (count <= most) return multiples(first, count, step);
  }
  return [];
}

/**
 * 1, 2 and 5 times powers of ten from 10^bottom to 10^top, thinned to fewer powers where they are many. Within less than
 * a decade there are too few of these, and round values at equal distances take their place.
 */
export function logTicks(bottom: number, top: number, most: number): number[] {
  const ticks = decadeTicks(bottom, top, most);
  const even = ticks.length < 3 && top - bottom < 1 ? niceTicks(10 ** bottom, 10 ** top, most) : [];
  return even.length > ticks.length ? even : ticks;
}

function decadeTicks(bottom: number, top: number, most: number): number[] {
  for (const factors of [[1, 2, 5], [1, 3], [1]]) {
    const ticks = powersOfTen(bottom, top).flatMap((power) => factors.map((factor) => factor * 10 ** power));
    const shown = ticks.filter((tick) => {
      const height = Math.log10(tick);
      return Number.isFinite(height) && height >= bottom - 1e-9 && height <= top + 1e-9;
    });
    if (shown.length <= most) return shown;
    if (factors.length === 1) return shown.filter((_, index) => index % Math.ceil(shown.length / most) === 0);
  }
  return [];
}

function powersOfTen(bottom: number, top: number): number[] {
  const from = Math.floor(bottom);
  return Array.from({ length: Math.max(0, Math.ceil(top) - from + 1) }, (_, index) => from + index);
}

/** Short, and as exact as the distance between ticks asks for. */
export function formatTick(value: number, step: number): string {
  const size = Math.max(Math.abs(value), Math.abs(step));
  if (value === 0) return "0";
  if (size >= 1e5 || Math.abs(step) < 1e-4) {
    return value
      .toExponential(digitsOf(value, step))
      .replace("e+", "e")
      .replace(/\.?0+e/, "e");
  }
  return value.toFixed(Math.max(0, -Math.floor(Math.log10(Math.abs(step)) + 1e-9)));
}

/** `10%`, and `12.5%` where ticks are closer than a per cent. */
export function formatPercentTick(value: number, step: number): string {
  return `${formatTick(value * 100, step * 100)}%`;
}

function digitsOf(value: number, step: number): number {
  const digits = Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(Math.abs(step)) + 1e-9);
  return Number.isFinite(digits) ? Math.min(3, Math.max(0, digits)) : 0;
}

function multiples(first: number, count: number, step: number): number[] {
  const decimals = Math.min(100, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const value = (first + index) * step;
    // 3 * 0.1 is 0.30000000000000004: cut back to the decimals of the step.
    return decimals > 0 ? Number(value.toFixed(decimals)) : value;
  });
}
