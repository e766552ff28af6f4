// What other machines' trainings came to, kept in the sweep's folder as it comes: their stores may be out of reach, and Redis
// forgets what has finished.
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { checkJson, STRING, shapeOf } from "@trainscope/core/schema";
import * as z from "zod/mini";
import { attempt } from "../../report/report-folder.ts";
import { readLines } from "./read-lines.ts";
import { checkTrialOutcome, type TrialOutcome } from "./trial-task.ts";

export interface OutcomeLog {
  find(key: string): TrialOutcome | undefined;
  /** Throws `OUTPUT_NOT_WRITABLE`. */
  keep(key: string, outcome: TrialOutcome): Promise<void>;
}

const FILE = "outcomes.jsonl";
const LINE = shapeOf({ key: STRING, outcome: z.unknown() });

/** Lines that are torn or wrong count as not there: what they told is asked for again. Throws `BAD_DATA` where it can't be read. */
export async function openOutcomeLog(folder: string): Promise<OutcomeLog> {
  const path = join(folder, FILE);
  const known = new Map<string, TrialOutcome>();
  const take = (line: string): void => {
    const found = checkJson(LINE, line);
    if ("reason" in found) return;
    const checked = checkTrialOutcome(found.value.outcome);
    if ("value" in checked) known.set(found.value.key, checked.value);
  };
  take(await readLines(path, take));
  return {
    find: (key) => known.get(key),
    async keep(key, outcome) {
      // A line that was torn before it ends here.
      await attempt(path, () => appendFile(path, `\n${JSON.stringify({ key, outcome })}`));
      known.set(key, outcome);
    },
  };
}
