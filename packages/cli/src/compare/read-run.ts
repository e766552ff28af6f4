// What a comparison takes of one run of ours, read from its folder.
import { basename, join, resolve } from "node:path";
import { messageOf } from "@trainscope/core/errors";
import { readRunFiles } from "@trainscope/runs";
import { LOG_FILE } from "@trainscope/runs/files";
import { describeFindings, readLog } from "@trainscope/runs/log";
import { readLiveness } from "@trainscope/runs/sessions";
import { type ComparedRun, comparedRun } from "./compared-run.ts";
import { createLoggedRun, type GrowingLoggedRun } from "./logged-run.ts";

/** What there is of it; never rejects. */
export async function readComparedRun(folder: string): Promise<ComparedRun> {
  const logged = createLoggedRun();
  const [files, ofLog, { processState, lastHeartbeat }] = await Promise.all([
    readRunFiles(folder),
    readLogged(folder, logged),
    readLiveness(folder),
  ]);
  const { record, label } = files;
  const problems = [...files.problems, ...ofLog];
  const runId = record?.runId ?? logged.start?.runId ?? basename(resolve(folder));
  const { name, tags } = label;
  return comparedRun({
    key: folder,
    runId,
    label: name,
    tags,
    record,
    logged,
    problems,
    processState,
    lastHeartbeat,
  });
}

/** Gives what is wrong with the log; one that can't be read is compared by what was read of it. */
async function readLogged(folder: string, logged: GrowingLoggedRun): Promise<readonly string[]> {
  try {
    const findings = await readLog(join(folder, LOG_FILE), { onEvent: logged.add });
    return findings === undefined ? [`${LOG_FILE}: it is missing`] : describeFindings(findings);
  } catch (error) {
    return [messageOf(error)];
  }
}
