// The check of a metric's fields.

import { SPLITS } from "../data/dataset.ts";
import type { MetricDisplay } from "../metric-info.ts";
import type { AnyMetric, MetricKind } from "../metrics/metric.ts";
import { describeValue } from "../text/describe-value.ts";
import { bad, nameOf, requireFunctions, requireKind, requireKnown } from "./check-fields.ts";

const DIRECTIONS = ["min", "max", "none"];
const SCALES = ["linear", "log"];
const KINDS: readonly MetricKind[] = ["number", "record", "per-class", "matrix", "curves"];

/** Those that a field of a record has, too. */
const SHOWN = ["direction", "unit", "display"];
const FIELDS = [
  "name",
  "description",
  "splits",
  "kind",
  "fields",
  ...SHOWN,
  "critical",
  "shared",
  "init",
  "update",
  "merge",
  "result",
  "serialize",
  "deserialize",
  "format",
];
const DISPLAY = ["chart", "scale", "range", "baseline", "digits", "axes", "diagonal"];

/** Throws `BAD_PLUGIN` where a field is missing, unknown or of the wrong kind. */
export function checkMetric(metric: AnyMetric): void {
  const where = nameOf("metric", metric);
  // An instance of a class may have fields of its own.
  if (Object.getPrototypeOf(metric) === Object.prototype) requireKnown(where, metric, FIELDS);
  requireFunctions(where, metric, ["init", "update", "result"]);
  checkSplits(where, metric.splits);
  const { kind = "number", fields } = metric;
  requireOneOf(where, "kind", kind, KINDS);
  requireKind(where, "fields", fields, "object");
  if ((kind === "record") !== (fields !== undefined)) {
    throw bad(where, `kind is "${kind}" and fields ${fields === undefined ? "is missing" : "is given"}`, {
      hint: 'A record, and no other kind, names its fields: { precision: { direction: "max" } }.',
    });
  }
  checkShown(where, "", metric, kind === "number" || kind === "per-class");
  for (const [name, field] of Object.entries(fields ?? {})) {
    if (typeof field !== "object" || field === null) {
      throw bad(where, `fields.${name} is ${describeValue(field)}; expected an object with a direction`);
    }
    requireKnown(`${where}: fields.${name}`, field, SHOWN);
    checkShown(where, `fields.${name}.`, field, true);
  }
  for (const name of ["merge", "serialize", "deserialize", "format"] as const) {
    requireKind(where, name, metric[name], "function");
  }
  requireKind(where, "description", metric.description, "string");
  requireKind(where, "critical", metric.critical, "boolean");
  requireKind(where, "shared", metric.shared, "symbol");
}

function checkSplits(where: string, splits: unknown): void {
  if (!Array.isArray(splits) || splits.length === 0) {
    throw bad(where, `splits is ${JSON.stringify(splits)}; expected a list of ${SPLITS.join(", ")}`);
  }
  for (const split of splits) {
    if (!SPLITS.includes(split)) throw bad(where, `split "${split}"; expected one of ${SPLITS.join(", ")}`);
  }
}

function checkShown(
  where: string,
  prefix: string,
  { direction, unit, display }: Pick<AnyMetric, "direction" | "unit" | "display">,
  isDirected: boolean,
): void {
  if (isDirected || direction !== undefined) requireOneOf(where, `${prefix}direction`, direction, DIRECTIONS);
  requireKind(where, `${prefix}unit`, unit, "string");
  requireKind(where, `${prefix}display`, display, "object");
  if (display !== undefined) checkDisplay(where, `${prefix}display`, display);
}

function checkDisplay(where: string, at: string, display: MetricDisplay): void {
  const { chart, scale, range, baseline, digits, axes, diagonal } = display;
  requireKnown(`${where}: ${at}`, display, DISPLAY);
  requireKind(where, `${at}.chart`, chart, "boolean");
  requireKind(where, `${at}.diagonal`, diagonal, "boolean");
  requireKind(where, `${at}.baseline`, baseline, "number");
  if (digits !== undefined && !(Number.isInteger(digits) && digits >= 0 && digits <= 20)) {
    throw bad(where, `${at}.digits is ${String(digits)}; expected a whole number, 0 to 20`);
  }
  if (scale !== undefined) requireOneOf(where, `${at}.scale`, scale, SCALES);
  const isRange =
    Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1];
  if (range !== undefined && !isRange) {
    throw bad(where, `${at}.range is ${JSON.stringify(range)}; expected two rising numbers`);
  }
  const areAxes = Array.isArray(axes) && axes.length === 2 && axes.every((axis) => typeof axis === "string");
  if (axes !== undefined && !areAxes) {
    throw bad(where, `${at}.axes is ${JSON.stringify(axes)}; expected two names, of the axis across first`);
  }
}

function requireOneOf(where: string, field: string, value: unknown, names: readonly string[]): void {
  if (names.includes(value as string)) return;
  throw bad(where, `${field} is ${describeValue(value)}; expected one of ${names.join(", ")}`);
}

/** Metrics that share a state gather it in the same way. Throws `BAD_PLUGIN`. */
export function requireSameGathering(metrics: readonly AnyMetric[]): void {
  const first = new Map<symbol, AnyMetric>();
  for (const metric of metrics) {
    if (metric.shared === undefined) continue;
    const other = first.get(metric.shared) ?? metric;
    first.set(metric.shared, other);
    for (const hook of ["init", "update"] as const) {
      if (metric[hook] === other[hook]) continue;
      throw bad(
        `metric "${metric.name}"`,
        `its ${hook} is not that of "${other.name}", with which it shares its state`,
        {
          hint: "Take both from one object, or give each a key of its own.",
        },
      );
    }
  }
}
