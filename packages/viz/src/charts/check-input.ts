// What the charts of anybody's numbers are given is checked before anything is made of it. All throw `BAD_OPTION`.
import { TrainscopeError } from "@trainscope/core/errors";
import { describeValue } from "@trainscope/core/text";

/** An array of anything, a typed one too. */
export function requireList(name: string, value: unknown): void {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return;
  throw bad(`${name} is ${describeValue(value)}; expected an array`);
}

/** An array with something in it. */
export function requireItems(name: string, value: unknown): void {
  requireList(name, value);
  if ((value as ArrayLike<unknown>).length > 0) return;
  throw bad(`${name} is empty; expected at least 1 entry`);
}

/** `expected` is the number of entries that there must be, `why` for what they are. */
export function requireLength(name: string, value: ArrayLike<unknown>, expected: number, why: string): void {
  if (value.length === expected) return;
  throw bad(
    `${name} has ${value.length} ${value.length === 1 ? "entry" : "entries"}; expected ${expected}, ${why}`,
  );
}

/** Numbers; `null`, NaN and the infinities are gaps where those are allowed. */
export function requireNumbers(name: string, values: ArrayLike<unknown>, gaps: "gaps" | "no gaps"): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (gaps === "gaps" ? value === null || typeof value === "number" : Number.isFinite(value)) continue;
    const expected = gaps === "gaps" ? "a number, or null for a gap" : "a finite number";
    throw bad(`${name}[${i}] is ${describeValue(value)}; expected ${expected}`);
  }
}

/** A whole number within bounds. */
export function requireWhole(name: string, value: unknown, least: number, most: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw bad(`${name} is ${describeValue(value)}; expected a whole number, ${least} to ${most}`);
}

/** Whole numbers of at least 0. */
export function requireCounts(name: string, values: ArrayLike<unknown>): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isSafeInteger(value) && (value as number) >= 0) continue;
    throw bad(`${name}[${i}] is ${describeValue(value)}; expected a whole number of at least 0`);
  }
}

/** Finite numbers that rise: a line would run back through itself. */
export function requireRising(name: string, values: ArrayLike<number>): void {
  requireList(name, values);
  requireNumbers(name, values, "no gaps");
  for (let i = 1; i < values.length; i++) {
    const [before, value] = [values[i - 1] as number, values[i] as number];
    if (value > before) continue;
    throw bad(`${name}[${i}] is ${value}, after ${before}; expected numbers that rise`, "Sort by it first.");
  }
}

/** Strings, no two of them the same: an axis or a legend has a place for each. */
export function requireNames(name: string, values: unknown): void {
  requireList(name, values);
  const seen = new Set<unknown>();
  for (const [i, value] of (values as readonly unknown[]).entries()) {
    if (typeof value !== "string") throw bad(`${name}[${i}] is ${describeValue(value)}; expected a string`);
    if (seen.has(value)) {
      throw bad(
        `${name}[${i}] is ${describeValue(value)}, as one before it is`,
        "Give each a name of its own.",
      );
    }
    seen.add(value);
  }
}

/** An object with fields. */
export function requireObject(name: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw bad(`${name} is ${describeValue(value)}; expected an object`);
}

export function requireText(name: string, value: unknown): void {
  if (typeof value === "string") return;
  throw bad(`${name} is ${describeValue(value)}; expected a string`);
}

export function requireOneOf(name: string, value: unknown, choices: readonly string[]): void {
  if (choices.some((choice) => choice === value)) return;
  throw bad(
    `${name} is ${describeValue(value)}; expected ${choices.map((choice) => `"${choice}"`).join(" or ")}`,
  );
}

/** A finite number above `bound`, which is none where it isn't given. */
export function requireFinite(name: string, value: unknown, bound = Number.NEGATIVE_INFINITY): void {
  if (Number.isFinite(value) && (value as number) > bound) return;
  const above = bound === Number.NEGATIVE_INFINITY ? "" : ` above ${bound}`;
  throw bad(`${name} is ${describeValue(value)}; expected a finite number${above}`);
}

/** What every chart may be given, `title`, `subtitle` and `size`, and which other texts this one must and may have. */
export function requireFigure(
  options: unknown,
  { must = [], may = [] }: { readonly must?: readonly string[]; readonly may?: readonly string[] } = {},
): void {
  requireObject("options", options);
  const fields = options as Readonly<Record<string, unknown>>;
  for (const name of must) requireText(name, fields[name]);
  for (const name of ["title", "subtitle", ...may]) {
    if (fields[name] !== undefined) requireText(name, fields[name]);
  }
  if (fields.size === undefined) return;
  requireObject("size", fields.size);
  const { width, height } = fields.size as Readonly<Record<string, unknown>>;
  requireFinite("size.width", width, 0);
  requireFinite("size.height", height, 0);
}

function bad(message: string, hint?: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", message, hint === undefined ? {} : { hint });
}
