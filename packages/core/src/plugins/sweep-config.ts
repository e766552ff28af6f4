// What `trainscope.config.ts` says of a sweep: which settings are searched, and how. Plain data, in short words.

import { isTrainscopeError, TrainscopeError } from "../errors.ts";
import { DEFAULT_SETTINGS, resolveSettings, type TrainSettings } from "../settings/settings.ts";
import { describeValue } from "../text/describe-value.ts";
import { nearest } from "../text/nearest.ts";

/** How a sweep may choose what to train next. */
export const SWEEP_STRATEGIES = ["grid", "random", "halving", "tpe"] as const;

/** Figures of the validation split that a sweep can choose by. */
export const SWEEP_OBJECTIVES = ["validation/accuracy", "validation/loss"] as const;

/** The epochs are the same for all, `seeds` has the seeds. */
type Swept = Omit<TrainSettings, "epochs" | "seed">;

interface Conditional {
  /** The setting is searched only where other ones, which stand before it in the space, have one of these values. */
  readonly when?: { readonly [Name in keyof Swept]?: readonly Swept[Name][] };
}

/** From the first number to the second, both included: the logarithm is spread evenly, or the number itself. */
type SweptRange = (
  | { readonly log: readonly [from: number, to: number]; readonly linear?: never }
  | { readonly linear: readonly [from: number, to: number]; readonly log?: never }
) & {
  /** Of a grid: at least 2; where left out, one a decade of a logarithmic range and 5 of a linear one. */
  readonly points?: number;
  readonly values?: never;
};

/** Choices, or a range of a setting that is a number. */
export type SweptValues<Value> =
  | readonly Value[]
  | ({ readonly values: readonly Value[] } & Conditional)
  | ([Value] extends [number] ? SweptRange & Conditional : never);

export type SweptSpace = { readonly [Name in keyof Swept]?: SweptValues<Swept[Name]> };

/** Each as the flag of the same name; flags win over it. */
export interface SweepConfig {
  /** In the order in which the settings are drawn. A flag for one of them takes its place, its condition included. */
  readonly space?: SweptSpace;
  readonly strategy?: (typeof SWEEP_STRATEGIES)[number];
  readonly budget?: number;
  readonly seeds?: number;
  readonly objective?: (typeof SWEEP_OBJECTIVES)[number];
  readonly reduction?: number;
  readonly leastEpochs?: number;
  readonly ahead?: number;
}

const COUNTS = ["budget", "seeds", "reduction", "leastEpochs", "ahead"] as const;
const FIELDS = ["space", "strategy", "objective", ...COUNTS];
const SWEPT = Object.keys(DEFAULT_SETTINGS).filter((name) => name !== "epochs" && name !== "seed");
const KINDS = ["log", "linear", "values"] as const;

/** Throws `BAD_CONFIG` with the field that is unknown or wrong, and for values that a setting can't have. */
export function checkSweepConfig(config: SweepConfig): void {
  requireFields("sweep", config, FIELDS);
  const { space = {}, strategy, objective } = config;
  requireOneOf("strategy", strategy, SWEEP_STRATEGIES);
  requireOneOf("objective", objective, SWEEP_OBJECTIVES);
  for (const name of COUNTS) {
    const count = config[name];
    if (count === undefined || (Number.isSafeInteger(count) && count >= 1)) continue;
    throw bad(`sweep.${name} is ${describeValue(count)}; expected a whole number of at least 1`);
  }
  requireFields("sweep.space", space, SWEPT);
  for (const [name, values] of Object.entries(space)) {
    if (values !== undefined) checkValues(name, values);
  }
}

function checkValues(name: string, values: SweptValues<unknown> | SweptRange): void {
  const where = `sweep.space.${name}`;
  const expected =
    "expected a list of values, or one of { log: [from, to] }, { linear: [from, to] }, { values: [...] }";
  if (Array.isArray(values)) {
    checkEach(where, name, values);
    return;
  }
  requireObject(where, values, expected);
  requireFields(where, values, [...KINDS, "points", "when"]);
  const fields = values as Readonly<Record<string, unknown>>;
  const given = KINDS.filter((kind) => fields[kind] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1) {
    throw bad(`${where} has ${given.length === 0 ? "none" : given.join(" and ")}; ${expected}`);
  }
  const list = fields[kind];
  if (kind === "values" ? !Array.isArray(list) : !isPair(list)) {
    throw bad(
      `${where}.${kind} is ${describeValue(list)}; expected ${kind === "values" ? "a list" : "two numbers"}`,
    );
  }
  if (kind !== "values" && typeof DEFAULT_SETTINGS[name as keyof TrainSettings] !== "number") {
    throw bad(`${where} is a range; expected a list of values: the setting is no number`);
  }
  checkEach(where, name, list as readonly unknown[]);
  requireObject(`${where}.when`, fields.when ?? {}, "expected settings with lists of values");
}

function checkEach(where: string, name: string, values: readonly unknown[]): void {
  for (const value of values) {
    try {
      resolveSettings({ [name]: value });
    } catch (error) {
      throw isTrainscopeError(error) ? bad(`${where}: ${error.message}`) : error;
    }
  }
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "number");
}

function requireObject(where: string, value: unknown, expected: string): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw bad(`${where} is ${describeValue(value)}; ${expected}`);
}

function requireFields(where: string, value: unknown, known: readonly string[]): void {
  requireObject(where, value, "expected an object");
  const unknown = Object.keys(value as object).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw bad(
    `unknown field "${unknown}" in ${where}`,
    near === undefined ? `The fields are ${known.join(", ")}.` : `Is it ${near} that you mean?`,
  );
}

function requireOneOf(name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw bad(`sweep.${name} is ${describeValue(value)}; expected one of ${known.join(", ")}`);
}

function bad(message: string, hint?: string): TrainscopeError {
  return new TrainscopeError("BAD_CONFIG", message, hint === undefined ? {} : { hint });
}
