// run.json, where a run can't be gone on with without it.
import { TrainscopeError } from "@trainscope/core";
import { RECORD_FILE } from "../run-files/file-names.ts";
import type { StoredRun } from "../run-files/read-run.ts";
import type { RunRecord } from "../run-files/run-record.ts";

/** Throws `BAD_DATA` where it is missing or damaged. */
export function requireRecord({
  folder,
  record,
  problems,
}: Pick<StoredRun, "folder" | "record" | "problems">): RunRecord {
  if (record !== undefined) return record;
  const found = problems.find((problem) => problem.startsWith(RECORD_FILE)) ?? `${RECORD_FILE}: it is missing`;
  throw new TrainscopeError("BAD_DATA", `can't go on from ${folder}: ${found}`, {
    hint: "Its settings and data are told there, and nowhere else.",
  });
}
