// What a sweep has left of its trainings: the log of each, as a run's.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { isMissing, runsIn, SWEEP_FILE } from "@trainscope/runs";

/** The folder of its trainings' logs, within its own. */
export const SWEPT_RUNS = "runs";

/** Their folders; `undefined` for what is no sweep's folder. */
export async function sweptRuns(folder: string): Promise<readonly string[] | undefined> {
  try {
    if (!(await stat(join(folder, SWEEP_FILE))).isFile()) return undefined;
  } catch {
    // Whatever it is, it isn't one, and who takes it for a run says what is wrong with it.
    return undefined;
  }
  const runs = join(folder, SWEPT_RUNS);
  const isThere = await stat(runs).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
  return isThere ? (await runsIn(runs)).map((id) => join(runs, id)) : [];
}

/** For a command that shows one run. Throws `BAD_OPTION` for a sweep's folder, with one of its trainings as the hint. */
export async function refuseSweep(named: string): Promise<void> {
  const runs = await sweptRuns(named);
  if (runs === undefined) return;
  const count = runs.length === 1 ? "1 training" : `${runs.length} trainings`;
  const [first] = runs;
  throw new TrainscopeError("BAD_OPTION", `${named} is a sweep with ${count}; expected one run`, {
    hint:
      first === undefined
        ? `trainscope sweep --out ${named} goes on with it.`
        : `Name one of them, e.g. ${first}; trainscope compare ${named} shows all of them.`,
  });
}
