// How much patience a run has with plugins.

import { TrainscopeError } from "../errors.ts";
import { describeValue } from "../text/describe-value.ts";

/** What a run takes of a plugin before it is told of, or disabled. */
export interface PluginLimits {
  /** A plugin that has failed so often is disabled. */
  readonly failures: number;
  /** Milliseconds: a call that takes longer is told, once a hook. */
  readonly slow: number;
  /** Milliseconds from the run's end until an exporter that has not completed is given up on. */
  readonly wait: number;
}

/** What holds where a run is given no limits of its own. */
export const DEFAULT_LIMITS: PluginLimits = { failures: 3, slow: 1000, wait: 60_000 };

/** That a timer takes. */
const LONGEST = 2 ** 31 - 1;

/** With the usual ones where they are left out. Throws `BAD_OPTION`. */
export function resolveLimits(limits: Partial<PluginLimits> = {}): PluginLimits {
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) {
      throw new TrainscopeError("BAD_OPTION", `unknown limit ${JSON.stringify(name)}`, {
        hint: `The limits are ${Object.keys(DEFAULT_LIMITS).join(", ")}.`,
      });
    }
    const isCount = name === "failures";
    if (value > 0 && value <= LONGEST && (!isCount || Number.isInteger(value))) continue;
    const expected = isCount ? "a whole number of at least 1" : `milliseconds, above 0 and at most ${LONGEST}`;
    const message = `limits.${name} is ${describeValue(value)}; expected ${expected}`;
    throw new TrainscopeError("BAD_OPTION", message);
  }
  return { ...DEFAULT_LIMITS, ...limits };
}
