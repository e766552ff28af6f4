// The runs that a comparison is asked for, read from the disk.
import { basename, dirname, join, resolve } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core";
import { LOG_FILE } from "../run-files/file-names.ts";
import { findRun, isRunFolder, runsIn } from "../run-files/find-run.ts";
import { NO_LABEL, readLabel } from "../run-files/label.ts";
import { describeFindings, readLog } from "../run-files/read-log.ts";
import { readRunFiles } from "../run-files/read-run.ts";
import { readLiveness } from "../run-files/session.ts";
import { createComparedCourse, type GrowingComparedCourse } from "./compared-course.ts";
import { type ComparedRun, comparedRun } from "./compared-run.ts";

/** Which runs are meant. */
export interface RunChoice {
  /** The folder that runs were written to. */
  readonly out: string;
  /** As `findRun` takes them. */
  readonly named: readonly string[];
  /** Those of `out` that have the tag, too. */
  readonly tag: string | undefined;
  /** All of `out`. */
  readonly all: boolean;
}

/** Read at a time: enough to keep the disk busy, few enough for any limit of open files. */
const AT_ONCE = 16;

/**
 * Folders in the order they were named, and of a tag or all in the order of their ids; each once. Throws `BAD_OPTION`
 * where one is not to be found, or where they are fewer than two.
 */
export async function foldersOf({ out, named, tag, all }: RunChoice): Promise<readonly string[]> {
  const found = [];
  for (const name of named) found.push(await findRun(out, name));
  const ids = all || tag !== undefined ? await runsIn(out) : [];
  const inOut = ids.map((id) => join(out, id));
  if (all) found.push(...inOut);
  if (tag !== undefined) found.push(...(await tagged(inOut, tag)));
  const folders = [...new Map(found.map((folder) => [resolve(folder), folder])).values()];
  if (folders.length >= 2) return folders;
  throw new TrainscopeError("BAD_OPTION", tooFew(folders.length, { out, named, tag, all }), {
    hint: "Name the runs, or take --tag or --all. trainscope runs lists them.",
  });
}

function tooFew(count: number, { out, named, tag, all }: RunChoice): string {
  const found = count === 0 ? "no run" : "one run only";
  if (all) return `a comparison takes two runs or more; there is ${found} in ${out}`;
  if (tag !== undefined) return `a comparison takes two runs or more; ${found} in ${out} has the tag "${tag}"`;
  if (named.length < 2) return `a comparison takes two runs or more; ${found} was named`;
  return "a comparison takes two runs or more; the same one was named each time";
}

async function tagged(folders: readonly string[], tag: string): Promise<readonly string[]> {
  const labels = await inTurns(folders, (folder) => readLabel(folder).catch(() => NO_LABEL));
  return folders.filter((_, index) => labels[index]?.tags.includes(tag));
}

/** What there is of each; never rejects. */
export function readRuns(folders: readonly string[]): Promise<readonly ComparedRun[]> {
  return inTurns(folders, readComparedRun);
}

export async function readComparedRun(folder: string): Promise<ComparedRun> {
  const course = createComparedCourse();
  const [files, ofLog, { sign, lastSign }] = await Promise.all([
    readRunFiles(folder),
    readCourse(folder, course),
    readLiveness(folder),
  ]);
  const { record, label } = files;
  const problems = [...files.problems, ...ofLog];
  const runId = record?.runId ?? course.start?.runId ?? basename(resolve(folder));
  const { name, tags } = label;
  return comparedRun({ key: folder, runId, label: name, tags, record, course, problems, sign, lastSign });
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

/** The runs that those given were forked from, and so on, as far as they lie beside them and aren't given themselves. */
export async function readAncestors(runs: readonly ComparedRun[]): Promise<readonly ComparedRun[]> {
  const known = new Set(runs.map(({ runId }) => runId));
  const ancestors: ComparedRun[] = [];
  const waiting = [...runs];
  for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
    const id = run.parent?.runId;
    if (id === undefined || known.has(id)) continue;
    known.add(id);
    const folder = join(dirname(resolve(run.key)), id);
    if (!(await isRunFolder(folder))) continue;
    const ancestor = await readComparedRun(folder);
    ancestors.push(ancestor);
    waiting.push(ancestor);
  }
  return ancestors;
}

/** Several at a time; results in the order of the items. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(first, first + AT_ONCE).map(work))));
  }
  return results;
}
