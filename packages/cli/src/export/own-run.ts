// The run that is exported, where the source is no other program's log.
import { existsSync } from "node:fs";
import { TrainscopeError } from "@trainscope/core/errors";
import { findRun } from "@trainscope/runs";

/** Its folder. Throws `BAD_OPTION`, which of a path says that nothing is there, rather than that it is no run's name. */
export async function ownRun(out: string, source: string): Promise<string> {
  try {
    return await findRun(out, source);
  } catch (error) {
    if (!(error instanceof TrainscopeError) || !/[./\\]/.test(source) || existsSync(source)) throw error;
    throw new TrainscopeError("BAD_OPTION", `there is no file or folder ${source}`, {
      cause: error,
      hint: `Name another program's log, or a run in ${out} (--out).`,
    });
  }
}
