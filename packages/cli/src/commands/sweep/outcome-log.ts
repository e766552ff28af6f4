// What other machines' trainings came to, kept in the sweep's folder as it comes: their stores may be out of reach, and Redis
// forgets what has finished.
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { checkJson, STRING, shapeOf } from "@trainscope/core/schema";
import { isMissing, readSmallFile } from "@trainscope/runs";
import * as z from "zod/mini";
import { attempt } from "../../report/report-folder.ts";
import { checkTrialOutcome, type TrialOutcome } from "./trial-task.ts";

export interface OutcomeLog {
  find(key: string): TrialOutcome | undefined;
  /** Throws `OUTPUT_NOT_WRITABLE`. */
  keep(key: string, outcome: TrialOutcome): Promise<void>;
}

const FILE = "outcomes.jsonl";
const LINE = shapeOf({ key: STRING, outcome: z.unknown() });

/** Lines that are torn or wrong count as not there: what they told is asked for again. */
export async function openOutcomeLog(folder: string): Promise<OutcomeLog> {
  const path = join(folder, FILE);
  const known = new Map<string, TrialOutcome>();
  for (const line of (await readText(path)).split("\n")) {
    const found = checkJson(LINE, line);
    if ("reason" in found) continue;
    const checked = checkTrialOutcome(found.value.outcome);
    if ("value" in checked) known.set(found.value.key, checked.value);
  }
  return {
    find: (key) => known.get(key),
    async keep(key, outcome) {
      // A line that was torn before it ends here.
      await attempt(path, () => appendFile(path, `\n${JSON.stringify({ key, outcome })}`));
      known.set(key, outcome);
    },
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readSmallFile(path);
  } catch (error) {
    if (isMissing(error)) return "";
    throw error;
  }
}
