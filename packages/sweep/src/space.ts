// What is searched: for each setting a range or a list of choices. Plain data.
import { TrainscopeError } from "@trainscope/core/errors";
import { describeValue, nearest } from "@trainscope/core/text";

/** What a setting may be: a number, a word, or plain data such as a schedule. */
export type SettingValue = number | string | boolean | object;

/** The setting is searched only where other settings, which stand before it in the space, have one of these values. */
export type Condition = Readonly<Record<string, readonly SettingValue[]>>;

/** Numbers between two ends, on a plain or a logarithmic scale. */
export interface Range {
  /** Whether the logarithm or the number itself is spread evenly. */
  readonly kind: "log" | "linear";
  readonly from: number;
  /** Included. */
  readonly to: number;
  /** Of a grid: at least 2; where left out, one a decade of a logarithmic range and 5 of a linear one. */
  readonly points?: number;
  /** Only whole numbers are drawn. */
  readonly whole?: boolean;
  readonly when?: Condition;
}

/** One of some values. */
export interface Choice<Value = SettingValue> {
  readonly kind: "choice";
  readonly values: readonly Value[];
  readonly when?: Condition;
}

/** What a setting of a space may be: one of some values, or a number from a range. */
export type Dimension<Value = SettingValue> =
  | Choice<Value>
  // A setting that is a number; distributive, so that unions of others are left out.
  | (Extract<Value, number> extends never ? never : Range);

/** In the order in which the settings are drawn. */
export type SearchSpace<Settings extends object = Record<string, SettingValue>> = {
  readonly [Name in keyof Settings]?: Dimension<Settings[Name]>;
};

/** A value for each setting of the space that is searched there. */
export type Point = Readonly<Record<string, SettingValue>>;

/** The dimensions with their names, in order. */
export function dimensionsOf(space: SearchSpace): readonly (readonly [string, Dimension])[] {
  return Object.entries(space).filter((entry): entry is [string, Dimension] => entry[1] !== undefined);
}

/** Whether the setting is searched where the settings before it have these values. */
export function isActive({ when = {} }: Dimension, point: Point): boolean {
  return Object.entries(when).every(([name, values]) =>
    values.some((value) => point[name] !== undefined && isSame(value, point[name])),
  );
}

/** Points with each combination of the values, the first setting slowest; one that is not searched there is left out. */
export function combinations(
  space: SearchSpace,
  valuesOf: (dimension: Dimension) => Iterable<SettingValue>,
): Iterable<Point> {
  function* extended(point: Point, dimensions: ReturnType<typeof dimensionsOf>): Iterable<Point> {
    const [first, ...rest] = dimensions;
    if (first === undefined) yield point;
    else if (!isActive(first[1], point)) yield* extended(point, rest);
    else for (const value of valuesOf(first[1])) yield* extended({ ...point, [first[0]]: value }, rest);
  }
  return extended({}, dimensionsOf(space));
}

/** Equal points have equal keys, whatever the order of their settings. */
export function pointKey(point: Point): string {
  return canonical(point);
}

export function isSame(one: SettingValue, other: SettingValue): boolean {
  return canonical(one) === canonical(other);
}

/** JSON with the fields of objects in alphabetical order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, found: unknown) =>
    typeof found === "object" && found !== null && !Array.isArray(found)
      ? Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
      : found,
  );
}

/** Throws `BAD_OPTION`, with the setting's name, where the space has no setting or one of its dimensions is wrong. */
export function checkSpace(space: SearchSpace): void {
  const dimensions = dimensionsOf(space);
  if (dimensions.length === 0) {
    throw new TrainscopeError("BAD_OPTION", "the search space has no setting", {
      hint: "Give at least one setting several values, e.g. learningRate a range from 1e-4 to 1e-1.",
    });
  }
  const before = new Map<string, Dimension>();
  for (const [name, dimension] of dimensions) {
    checkDimension(name, dimension);
    for (const [parentName, values] of Object.entries(dimension.when ?? {})) {
      const parent = before.get(parentName);
      if (parent === undefined) {
        const guess = meant(parentName, [...before.keys()]);
        throw bad(name, `depends on ${parentName}, which doesn't stand before it${guess}`);
      }
      checkCondition(name, { parentName, parent, values });
    }
    before.set(name, dimension);
  }
}

/** A value that its parent never has would leave the setting out, whatever was typed wrong. */
function checkCondition(
  name: string,
  { parentName, parent, values }: { parentName: string; parent: Dimension; values: readonly SettingValue[] },
): void {
  if (values.length === 0) throw bad(name, `depends on ${parentName} with no value; expected at least one`);
  for (const value of values) {
    if (hasValue(parent, value)) continue;
    const words = parent.kind === "choice" ? parent.values.filter((one) => typeof one === "string") : [];
    const guess = typeof value === "string" ? meant(value, words) : "";
    throw bad(name, `depends on ${parentName} ${describeValue(value)}, which ${parentName} can't be${guess}`);
  }
}

function hasValue(dimension: Dimension, value: SettingValue): boolean {
  if (dimension.kind === "choice") return dimension.values.some((one) => isSame(one, value));
  const { from, to, whole } = dimension;
  return typeof value === "number" && value >= from && value <= to && (!whole || Number.isInteger(value));
}

function meant(word: string, words: readonly string[]): string {
  const guess = nearest(word, words);
  return guess ? ` (is ${guess} meant?)` : "";
}

function checkDimension(name: string, dimension: Dimension): void {
  // A configuration, or a file, may hold anything.
  if (typeof dimension !== "object" || dimension === null) {
    throw bad(name, `is ${describeValue(dimension)}; expected an object with a kind: log, linear or choice`);
  }
  const { kind, when = {} } = dimension;
  if (typeof when !== "object" || when === null || !Object.values(when).every(Array.isArray)) {
    throw bad(name, `has the condition ${describeValue(when)}; expected settings with lists of values`);
  }
  if (kind === "choice") {
    const { values } = dimension;
    if (!Array.isArray(values) || values.length === 0) throw bad(name, "has no value; expected at least one");
    const seen = new Set<string>();
    const twice = values.find((value) => {
      const key = canonical(value);
      const isKnown = seen.has(key);
      seen.add(key);
      return isKnown;
    });
    if (twice !== undefined) throw bad(name, `has the value ${describeValue(twice)} twice`);
  } else if (kind === "log" || kind === "linear") checkRange(name, dimension);
  else throw bad(name, `has the kind ${describeValue(kind)}; expected one of log, linear, choice`);
}

function checkRange(name: string, { kind, from, to, points, whole }: Range): void {
  for (const end of [from, to]) {
    if (!Number.isFinite(end)) throw bad(name, `has the bound ${describeValue(end)}; expected a number`);
    if (kind === "log" && !(end > 0)) {
      throw bad(name, `has the bound ${end}; expected a number above 0 in a logarithmic range`);
    }
    if (whole && !Number.isSafeInteger(end)) {
      throw bad(name, `has the bound ${end}; expected a whole number`);
    }
  }
  if (!(from < to)) throw bad(name, `goes from ${from} to ${to}; expected the smaller number first`);
  if (!Number.isFinite(to - from))
    throw bad(name, `goes from ${from} to ${to}, which is too far apart for a number`);
  if (points !== undefined && !(Number.isSafeInteger(points) && points >= 2)) {
    throw bad(name, `has ${describeValue(points)} points; expected a whole number of at least 2`);
  }
}

function bad(name: string, problem: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `search space: ${name} ${problem}`);
}
