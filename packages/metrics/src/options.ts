// What every metric of the catalogue may be given, and the checks of what it was given.
import type { Split } from "@trainscope/core";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { describeValue } from "@trainscope/core/text";

/** What every metric of the catalogue takes. */
export interface MetricOptions {
  /** In place of the usual one, so that a run may have the same metric twice. */
  readonly name?: string;
  /**
   * All three where left out, but for metrics of training itself, which have `train` alone, and for rankings, matrices and
   * curves, which have validation and test.
   */
  readonly splits?: readonly Split[];
}

/** For what takes long, and what is looked at rather than followed. */
export const HELD_OUT: readonly Split[] = ["validation", "test"];

/** Throws `BAD_PLUGIN` for an option that there isn't. */
export function checkNames(factory: string, options: object, known: readonly string[]): void {
  requireArgument(factory, "the options", options, "an object");
  const names = [...known, "name", "splits"];
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    throw new TrainscopeError("BAD_PLUGIN", `${factory}: unknown option "${name}"`, {
      hint: `The options are ${names.join(", ")}.`,
    });
  }
}

/** Throws `BAD_PLUGIN`. */
export function checkWhole(factory: string, name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw wrong(factory, name, value, `a whole number of at least ${least}`);
}

/** Throws `BAD_PLUGIN`. */
export function checkPositive(factory: string, name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw wrong(factory, name, value, "a number above 0");
}

/** Throws `BAD_PLUGIN`. */
export function checkChoice(factory: string, name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw wrong(factory, name, value, `one of ${choices.join(", ")}`);
}

function wrong(factory: string, name: string, value: unknown, expected: string): TrainscopeError {
  return new TrainscopeError(
    "BAD_PLUGIN",
    `${factory}: ${name} is ${describeValue(value)}; expected ${expected}`,
  );
}
