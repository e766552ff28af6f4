// From what a user calls a run to its folder.
import { readdir, stat } from "node:fs/promises";
import { join, normalize, sep } from "node:path";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { LOG_FILE, RECORD_FILE } from "../files/file-names.ts";
import { reasonOf } from "../files/run-folder.ts";
import { checkRunParts } from "../files/run-parts.ts";
import { readLabel } from "../labels/label.ts";
import { type Label, NO_LABEL } from "../labels/label-file.ts";
import { readFirstEvent, readRunFiles } from "./read-run.ts";
import { LATEST } from "./run-names.ts";

/** Of those that there are, so many are told. */
const MOST_TOLD = 5;

/**
 * The folder of a run. `named` is, in this order, a path of its folder, its id, "latest", its name (see label.ts), or
 * a beginning or, failing that, an end of its id that no other run shares; all but the first are looked for in the
 * folder `out`. Throws `BAD_OPTION`, with what there is, where that is none or more than one, and `BAD_DATA`
 * where a part of it lies elsewhere (see run-parts.ts).
 */
export async function findRun(out: string, named: string): Promise<string> {
  requireArgument("findRun", "out", out, "a text");
  requireArgument("findRun", "named", named, "a text");
  const folder = await folderOf(out, named);
  await checkRunParts(folder);
  return folder;
}

async function folderOf(out: string, named: string): Promise<string> {
  if (await isRunFolder(named)) return withoutEnd(normalize(named));
  if (named.includes("/") || named.includes(sep)) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `${named} is no run's folder: it has no ${RECORD_FILE} and no ${LOG_FILE}`,
      {
        hint: HINT,
      },
    );
  }
  const ids = await runsIn(out);
  if (ids.includes(named)) return join(out, named);
  if (named === LATEST && ids.length > 0) return join(out, await newest(out, ids));
  const ways = [
    await withName(out, ids, named),
    ids.filter((id) => id.startsWith(named)),
    ids.filter((id) => id.endsWith(named)),
  ];
  const fitting = ways.find(({ length }) => length > 0) ?? [];
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return join(out, only);
  throw notOne(out, named, ids, fitting);
}

const HINT = "trainscope runs lists the runs.";

function notOne(
  out: string,
  named: string,
  ids: readonly string[],
  fitting: readonly string[],
): TrainscopeError {
  const message =
    fitting.length > 0
      ? `"${named}" is more than one run in ${out}: ${listed(fitting)}`
      : ids.length > 0
        ? `there is no run "${named}" in ${out}, but ${listed(ids.toReversed())}`
        : `there is no run in ${out}`;
  const hint = fitting.length > 0 ? "Name it by more of its id." : HINT;
  return new TrainscopeError("BAD_OPTION", message, { hint });
}

function listed(ids: readonly string[]): string {
  const more = ids.length - MOST_TOLD;
  return ids.slice(0, MOST_TOLD).join(", ") + (more > 0 ? `, and ${more} more` : "");
}

/** Folders of runs in `out`, by name. Throws `BAD_OPTION` where it can't be read. */
export async function runsIn(out: string): Promise<readonly string[]> {
  const names = await foldersIn(out);
  const isRun = await Promise.all(names.map((name) => isRunFolder(join(out, name))));
  return names.filter((_, index) => isRun[index]).sort();
}

/** Names of the folders in `out` that a run may be in. Throws `BAD_OPTION` where it can't be read. */
export async function foldersIn(out: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(out, { withFileTypes: true });
    // A run that is being removed has a hidden name.
    return entries
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
      .map(({ name }) => name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT" ? "it does not exist" : code === "ENOTDIR" ? "it is no folder" : reasonOf(error);
    throw new TrainscopeError("BAD_OPTION", `can't read the runs in ${out}: ${reason}`, {
      hint: "Name the folder that runs were written to with --out; it is taken from the working folder.",
      cause: error,
    });
  }
}

/** Whether it has a run.json or an events.jsonl. */
export async function isRunFolder(folder: string): Promise<boolean> {
  requireArgument("isRunFolder", "folder", folder, "a text");
  for (const file of [RECORD_FILE, LOG_FILE]) {
    const isFile = await stat(join(folder, file)).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile) return true;
  }
  return false;
}

/** Those whose label has the name; one that is damaged has none. */
export async function withName(out: string, ids: readonly string[], name: string): Promise<readonly string[]> {
  requireArgument("withName", "out", out, "a text");
  requireArgument("withName", "ids", ids, "a list");
  const labels = await Promise.all(ids.map((id) => readLabel(join(out, id)).catch((): Label => NO_LABEL)));
  return ids.filter((_, index) => labels[index]?.name === name);
}

/**
 * The run that began last, as the list of runs has it first: as its record says, or else its log. Of two of one time it is
 * the last by name, and runs of which nothing says when they began come before all others. Throws `BAD_DATA` where that
 * run's record is damaged: another one is not what is meant, and this one can't be gone on from.
 */
async function newest(out: string, ids: readonly string[]): Promise<string> {
  const beginnings: Beginning[] = [];
  for (const id of ids) beginnings.push(await beginningOf(join(out, id)));
  const latest = beginnings.reduce((most, { time }) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const found = beginnings.findLastIndex(({ time }) => time === latest);
  const damage = beginnings[found]?.damage;
  const id = ids[found] ?? "";
  if (damage === undefined) return id;
  throw new TrainscopeError("BAD_DATA", `the latest run is ${join(out, id)}, and it is damaged: ${damage}`, {
    hint: "Name the run that you mean by its id. trainscope runs lists the runs.",
  });
}

interface Beginning {
  readonly time: number;
  /** What is wrong with its record, as a clause. */
  readonly damage: string | undefined;
}

/** Where the record is damaged the log says when it began, and else when the record was written. */
async function beginningOf(folder: string): Promise<Beginning> {
  const { record, problems } = await readRunFiles(folder);
  if (record !== undefined) return { time: Date.parse(record.startedAt), damage: undefined };
  const written = await stat(join(folder, RECORD_FILE)).catch(() => undefined);
  const first = await readFirstEvent(folder).catch(() => undefined);
  return {
    time: first?.time ?? written?.mtimeMs ?? Number.NEGATIVE_INFINITY,
    damage: written && problems.find((problem) => problem.startsWith(RECORD_FILE)),
  };
}

function withoutEnd(path: string): string {
  return path.length > 1 && path.endsWith(sep) ? path.slice(0, -sep.length) : path;
}
