// What a chart without anything to show says.
import { TrainscopeError } from "@trainscope/core/errors";

/** Throws `BAD_OPTION` where there are none. */
export function requireValues(count: number, what: string, title: string): void {
  if (count > 0) return;
  throw new TrainscopeError("BAD_OPTION", `no value of ${what} to draw in "${title}"; expected at least 1`);
}
