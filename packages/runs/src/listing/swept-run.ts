// Whether a run is a training of a sweep: what the sweep is stands for its record.

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { requireArgument } from "@trainscope/core/errors";
import { SWEEP_FILE } from "../files/file-names.ts";

/** Whether it is a training of a sweep: two folders above it is what the sweep is. */
export async function isSweptRun(folder: string): Promise<boolean> {
  requireArgument("isSweptRun", "folder", folder, "a text");
  return await stat(join(folder, "..", "..", SWEEP_FILE)).then(
    (found) => found.isFile(),
    // Whatever is wrong with it, it says nothing of this run.
    () => false,
  );
}
