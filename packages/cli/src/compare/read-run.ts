// What a comparison takes of one run of ours, read from its folder.
import { basename, join, resolve } from "node:path";
import { messageOf } from "@trainscope/core/errors";
import { readRunFiles } from "@trainscope/runs";
import { LOG_FILE } from "@trainscope/runs/files";
import { describeFindings, readLog } from "@trainscope/runs/log";
import { readLiveness } from "@trainscope/runs/sessions";
import { createComparedCourse, type GrowingComparedCourse } from "./compared-course.ts";
import { type ComparedRun, comparedRun } from "./compared-run.ts";

/** What there is of it; never rejects. */
export async function readComparedRun(folder: string): Promise<ComparedRun> {
  const course = createComparedCourse();
  const [files, ofLog, { processState, lastHeartbeat }] = await Promise.all([
    readRunFiles(folder),
    readCourse(folder, course),
    readLiveness(folder),
  ]);
  const { record, label } = files;
  const problems = [...files.problems, ...ofLog];
  const runId = record?.runId ?? course.start?.runId ?? basename(resolve(folder));
  const { name, tags } = label;
  return comparedRun({
    key: folder,
    runId,
    label: name,
    tags,
    record,
    course,
    problems,
    processState,
    lastHeartbeat,
  });
}

/** Gives what is wrong with the log; one that can't be read is compared by what was read of it. */
async function readCourse(folder: string, course: GrowingComparedCourse): Promise<readonly string[]> {
  try {
    const findings = await readLog(join(folder, LOG_FILE), { onEvent: course.add });
    return findings === undefined ? [`${LOG_FILE}: it is missing`] : describeFindings(findings);
  } catch (error) {
    return [messageOf(error)];
  }
}
