// What a metric has given: series of numbers, or a matrix or curves, which are told whole.
import type { Split } from "../data/dataset.ts";
import type { MetricCurves, MetricInfo, MetricMatrix } from "../events.ts";
import { type AnyMetric, type MetricCurve, type MetricKind, metricTag } from "./metric.ts";

export interface ReadResult {
  /** By tag. */
  readonly values: readonly [string, number | null][];
  readonly whole?: MetricMatrix | MetricCurves;
}

const EXPECTED: Readonly<Record<MetricKind, string>> = {
  number: "a number",
  record: "an object of numbers",
  "per-class": "a list of numbers, one a class",
  matrix: "a list of rows of equal length",
  curves: "a list of curves, each with name, x and y",
};

/** Checks what `result` gave against the metric's kind. Throws a TypeError that names both kinds, and the place. */
export function readResult(
  metric: AnyMetric,
  split: Split,
  classNames: readonly string[],
  given: unknown,
): ReadResult {
  const { kind = "number" } = metric;
  const names = seriesNames(metric, classNames);
  if (isPromise(given)) forget(given);
  if (given === null) return { values: names.map((name) => [metricTag(split, name), null]) };
  const refuse = (found: string): TypeError =>
    new TypeError(`result gave ${found}; expected ${EXPECTED[kind]}, or null`);
  if (kind === "matrix") return { values: [], whole: { kind, rows: readRows(given, refuse) } };
  if (kind === "curves") return { values: [], whole: { kind, curves: readCurves(given, refuse) } };
  const numbers = readNumbers(metric, classNames, given, refuse);
  return { values: names.map((name, i) => [metricTag(split, name), numbers[i] ?? null]) };
}

type Refuse = (found: string) => TypeError;

function readNumbers(
  { kind = "number", fields = {} }: AnyMetric,
  classNames: readonly string[],
  given: unknown,
  refuse: Refuse,
): readonly (number | null)[] {
  if (kind === "number") {
    if (typeof given !== "number") throw refuse(kindOf(given));
    return [finite(given)];
  }
  if (kind === "per-class") {
    const list = listOf(given);
    if (list === undefined) throw refuse(kindOf(given));
    if (list.length !== classNames.length) {
      throw refuse(`${list.length} values of ${classNames.length} classes`);
    }
    return list.map((value, k) => numberOrNull(value, `[${k}]`));
  }
  if (typeof given !== "object" || listOf(given) !== undefined || isPromise(given)) throw refuse(kindOf(given));
  const unknown = Object.keys(given as object).find((field) => !Object.hasOwn(fields, field));
  if (unknown !== undefined) throw refuse(`the field ${JSON.stringify(unknown)}, which fields lacks`);
  return Object.keys(fields).map((field) =>
    numberOrNull((given as Record<string, unknown>)[field], JSON.stringify(field)),
  );

  function numberOrNull(value: unknown, place: string): number | null {
    if (value === null) return null;
    if (typeof value !== "number") throw refuse(`${kindOf(value)} at ${place}`);
    return finite(value);
  }
}

function readRows(given: unknown, refuse: Refuse): (number | null)[][] {
  const rows = listOf(given);
  if (rows === undefined) throw refuse(kindOf(given));
  return rows.map((row, i) => {
    const numbers = readList(row, `[${i}]`, refuse);
    const width = listOf(rows[0])?.length;
    if (numbers.length !== width) {
      throw refuse(`${numbers.length} entries at [${i}], where the first row has ${width}`);
    }
    return numbers;
  });
}

function readCurves(given: unknown, refuse: Refuse) {
  const curves = listOf(given);
  if (curves === undefined) throw refuse(kindOf(given));
  return curves.map((curve, i) => {
    const { name, x, y } = Object(curve) as Partial<MetricCurve>;
    if (typeof name !== "string") throw refuse(`a curve without a name at [${i}]`);
    const [xs, ys] = [readList(x, `[${i}].x`, refuse), readList(y, `[${i}].y`, refuse)];
    if (xs.length !== ys.length) throw refuse(`${xs.length} x and ${ys.length} y at [${i}]`);
    return { name, x: xs, y: ys };
  });
}

function readList(given: unknown, place: string, refuse: Refuse): (number | null)[] {
  const list = listOf(given);
  if (list === undefined) throw refuse(`${kindOf(given)} at ${place}`);
  return list.map((value, i) => {
    if (typeof value !== "number") throw refuse(`${kindOf(value)} at ${place}[${i}]`);
    return finite(value);
  });
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as Uint8Array)
    : undefined;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** In words that say what an author has done. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (isPromise(value)) return "a promise";
  if (listOf(value) !== undefined) return "a list";
  if (typeof value === "string") return "text";
  if (typeof value === "bigint") return "a bigint";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

export function isPromise(value: unknown): boolean {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

/** What a promise that nobody waits for comes to is of no interest, though it rejects. */
export function forget(promise: unknown): void {
  Promise.resolve(promise).catch(() => {});
}

/** What the metric's series are called, without the split; none where it has no series. */
function seriesNames({ name, kind = "number", fields = {} }: AnyMetric, classNames: readonly string[]) {
  if (kind === "record") return Object.keys(fields).map((field) => `${name}/${field}`);
  if (kind === "per-class") return classNames.map((className) => `${name}/${className}`);
  return kind === "number" ? [name] : [];
}

/** What a log or a dashboard needs to know of each series, one entry a tag. */
export function describeMetrics(
  metrics: readonly AnyMetric[],
  classNames: readonly string[],
): readonly MetricInfo[] {
  return metrics.flatMap((metric) =>
    metric.splits.flatMap((split) => {
      const { description, direction = "none", unit = null, display = {}, kind, fields } = metric;
      const about = { split, ...(description === undefined ? {} : { description }) };
      return seriesNames(metric, classNames).map((name): MetricInfo => {
        const own = { tag: metricTag(split, name), name, ...about };
        if (kind === "record") {
          const field = fields?.[name.slice(metric.name.length + 1)];
          const { direction: better = "none", unit: fieldUnit = unit, display: shown = display } = field ?? {};
          return { ...own, direction: better, unit: fieldUnit, display: shown };
        }
        // A chart for each of ten classes would bury the others.
        const shown = kind === "per-class" ? { chart: false, ...display } : display;
        return { ...own, direction, unit, display: shown };
      });
    }),
  );
}

/** The name of the metric that a series is of. */
export function ownerOf({ name }: Pick<MetricInfo, "name">): string {
  return name.split("/", 1)[0] as string;
}
