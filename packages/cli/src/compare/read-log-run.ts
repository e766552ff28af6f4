// What a comparison takes of a run that another program trained, read from its log.
import { type FoundRun, type ReadOptions, readRun, toRunEvents } from "@trainscope/formats";
import { type ComparedRun, comparedRun } from "./compared-run.ts";
import { createLoggedRun } from "./logged-run.ts";

/** Throws `BAD_OPTION` where it can't be read, or holds no figure. */
export async function readLogRun(run: FoundRun, options: ReadOptions): Promise<ComparedRun> {
  const table = await readRun(run, options);
  const logged = createLoggedRun();
  const key = logKey(run);
  for (const event of toRunEvents(table, { runId: key, time: run.modified })) logged.add(event);
  return comparedRun({
    key,
    runId: key,
    label: run.name,
    tags: [],
    record: undefined,
    logged,
    problems: [],
    processState: "unknown",
    lastHeartbeat: undefined,
  });
}

/** The path of its first file, which no other run has. */
export function logKey({ files: [first], name }: FoundRun): string {
  return first?.path ?? name;
}
