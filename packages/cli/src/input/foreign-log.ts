// Logs that other programs left, as the command line names them, and how they are to be read.
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { type FoundRun, findRuns } from "@trainscope/formats";
import { isRunFolder } from "@trainscope/runs";
import type { ReadingFlags } from "./reading-flags.ts";

/** Whether it is a file, or a folder that is no run's. */
export async function isForeignLog(source: string): Promise<boolean> {
  const found = await stat(source).catch(() => undefined);
  return found !== undefined && (!found.isDirectory() || !(await isRunFolder(source)));
}

/**
 * The runs of a log or a folder of logs, the newest first, but for runs of ours in a folder. Throws `BAD_OPTION` where
 * there is none.
 */
export async function foreignRuns(source: string, reading: ReadingFlags): Promise<readonly FoundRun[]> {
  const runs = await findRuns(source, reading);
  if (!(await stat(source)).isDirectory()) return runs;
  const own = await Promise.all(runs.map(async (run) => await isRunFolder(folderOf(run))));
  const foreign = runs.filter((_, index) => !own[index]);
  if (foreign.length > 0) return foreign;
  throw new TrainscopeError("BAD_OPTION", `what ${source} holds are runs of trainscope already`, {
    hint: "Name their folder with --out, or copy them to where your runs are. A log that is named itself is read all the same.",
  });
}

function folderOf({ files: [first] }: FoundRun): string {
  return dirname(first?.path ?? "");
}
