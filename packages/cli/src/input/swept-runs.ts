// What a sweep has left of its trainings: the log of each, as a run's.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { runsIn } from "@trainscope/runs";
import { isMissing, SWEEP_FILE } from "@trainscope/runs/files";

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
