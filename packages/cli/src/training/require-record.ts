// run.json, where a run can't be gone on with without it.
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { isSweptRun, readFirstEvent, type StoredRun } from "@trainscope/runs";
import { RECORD_FILE } from "@trainscope/runs/files";
import type { RunRecord } from "@trainscope/runs/record";

/** Throws `BAD_DATA` where it is missing or damaged. */
export async function requireRecord({
  folder,
  record,
  source,
  problems,
}: Pick<StoredRun, "folder" | "record" | "source" | "problems">): Promise<RunRecord> {
  if (record !== undefined) return record;
  if (source !== undefined) {
    throw new TrainscopeError("BAD_DATA", `can't go on from ${folder}: another program trained it`, {
      hint:
        source.format === "records"
          ? "Whatever wrote it trains it: here it is shown and compared."
          : `It was imported from ${source.files[0] ?? "its log"}.`,
    });
  }
  if (await isSweptRun(folder)) {
    throw new TrainscopeError("BAD_DATA", `can't go on from ${folder}: it is a training of a sweep`, {
      hint: `trainscope sweep --out ${join(folder, "..", "..")} goes on with that.`,
    });
  }
  // What can't be read may be the log of a run that had begun.
  const isBegun = await readFirstEvent(folder).then(
    (first) => first !== undefined,
    () => true,
  );
  const found = problems.find((problem) => problem.startsWith(RECORD_FILE)) ?? `${RECORD_FILE}: it is missing`;
  throw new TrainscopeError("BAD_DATA", `can't go on from ${folder}: ${found}`, {
    hint: isBegun
      ? "Its settings and data are told there, and nowhere else."
      : `It was ended before it had begun: nothing is lost. trainscope runs remove ${folder} removes it.`,
  });
}
