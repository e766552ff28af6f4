// Flags that are for a run, given for a sweep.
import { TrainscopeError } from "@trainscope/core/errors";

/** Throws `BAD_OPTION` for the first that was given. */
export function refuseForSweep(folder: string, flags: Readonly<Record<string, unknown>>): void {
  const [given] = Object.entries(flags).find(([, value]) => value !== undefined && value !== false) ?? [];
  if (given === undefined) return;
  throw new TrainscopeError("BAD_OPTION", `${given} is for a run; ${folder} is a sweep`, {
    hint: `Leave it out, or name one of the runs in ${folder}/runs.`,
  });
}
