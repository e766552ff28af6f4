// Options that nothing reads: most often a slip of the pen, which would else do nothing for ever.
import { TrainscopeError } from "./errors.ts";
import { describeValue } from "./text/describe-value.ts";

/** Throws `BAD_OPTION` where `given` is no object, or has what is none of the `known` options. `whose`: as it stands after "of". */
export function refuseUnknown(whose: string, given: object, known: readonly string[]): void {
  if (typeof given !== "object" || given === null) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `the options of ${whose} are ${describeValue(given)}; expected an object`,
    );
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TrainscopeError("BAD_OPTION", `unknown option "${unknown}" of ${whose}`, {
    hint: known.length === 0 ? "It has none." : `The options are ${known.join(", ")}.`,
  });
}
