// What a comparison is asked for: runs of ours, and logs that other programs left. Each can be read again as it grows.
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isTrainscopeError, TrainscopeError } from "@trainscope/core/errors";
import type { FoundRun } from "@trainscope/formats";
import { findRun, runsIn } from "@trainscope/runs";
import { LOG_FILE } from "@trainscope/runs/files";
import { LABEL_FILE, NO_LABEL, readLabel } from "@trainscope/runs/labels";
import { readLiveness } from "@trainscope/runs/sessions";
import { foreignRuns, isForeignLog } from "../input/foreign-log.ts";
import type { ReadingFlags } from "../input/reading-flags.ts";
import { sweptRuns } from "../input/swept-runs.ts";
import type { ComparedRun } from "./compared-run.ts";
import { inTurns } from "./in-turns.ts";
import { logKey, readLogRun } from "./read-log-run.ts";
import { readComparedRun } from "./read-run.ts";

export interface ComparedSource {
  /** As `ComparedRun` has it. */
  readonly key: string;
  /** Throws `BAD_OPTION` where a log holds no figure. */
  read(): Promise<ComparedRun>;
  /** Another one whenever it has changed; `undefined` where it is gone. */
  fingerprint(): Promise<string | undefined>;
  /** One of many that a folder holds: where it can't be read the others are compared. */
  readonly isOneOfMany: boolean;
}

/** Which runs are meant. */
export interface RunChoice extends ReadingFlags {
  /** The folder that runs were written to. */
  readonly out: string;
  /** Paths of logs and of folders, or as `findRun` takes them. */
  readonly named: readonly string[];
  /** Adds the runs of `out` that have the tag. */
  readonly tag: string | undefined;
  /** All of `out`. */
  readonly all: boolean;
}

/**
 * In the order they were named, and of a tag or all in the order of their ids; each once. Throws `BAD_OPTION` where one is
 * not to be found, or where they are fewer than two.
 */
export async function sourcesOf(choice: RunChoice): Promise<readonly ComparedSource[]> {
  const { out, named, tag, all } = choice;
  const found: ComparedSource[] = [];
  for (const name of named) found.push(...(await sourcesNamed(name, choice)));
  const ids = all || tag !== undefined ? await runsIn(out) : [];
  const inOut = ids.map((id) => join(out, id));
  if (all) found.push(...inOut.map(runSource));
  if (tag !== undefined) found.push(...(await tagged(inOut, tag)).map(runSource));
  const sources = [...new Map(found.map((source) => [resolve(source.key), source])).values()];
  if (sources.length >= 2) return sources;
  throw new TrainscopeError("BAD_OPTION", tooFew(sources.length, choice), {
    hint: "Name runs or logs, or take --tag or --all. trainscope runs lists the runs.",
  });
}

/** A sweep is its trainings; a folder of runs of ours, or of other programs' logs, is all that is in it. */
async function sourcesNamed(name: string, { out, ...reading }: RunChoice): Promise<readonly ComparedSource[]> {
  const swept = await sweptRuns(name);
  if (swept !== undefined) return swept.map(runSource);
  if (!(await isForeignLog(name))) {
    const folder = await findRun(out, name).catch((error: unknown) => {
      throw unknownName(name, error);
    });
    return [runSource(folder)];
  }
  const isFolder = (await stat(name)).isDirectory();
  const ids = isFolder ? await runsIn(name) : [];
  if (ids.length > 0) return ids.map((id) => runSource(join(name, id)));
  const runs = await foreignRuns(name, reading);
  return runs.map((run) => logSource(run, reading, runs.length > 1));
}

/** What isn't there may have been meant for a log as well. */
function unknownName(name: string, error: unknown): unknown {
  if (!isTrainscopeError(error) || error.code !== "BAD_OPTION") return error;
  return new TrainscopeError("BAD_OPTION", `${name} is no log that is there, nor a run: ${error.message}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    cause: error,
  });
}

function runSource(folder: string): ComparedSource {
  return {
    key: folder,
    read: () => readComparedRun(folder),
    isOneOfMany: true,
    async fingerprint() {
      const [log, label] = await Promise.all(
        [LOG_FILE, LABEL_FILE].map((file) => stat(join(folder, file)).catch(() => undefined)),
      );
      if (log === undefined) return undefined;
      const { processState } = await readLiveness(folder);
      return [log.size, log.mtimeMs, label?.mtimeMs, processState].join(" ");
    },
  };
}

function logSource(run: FoundRun, reading: ReadingFlags, isOneOfMany: boolean): ComparedSource {
  return {
    key: logKey(run),
    read: () => readLogRun(run, reading),
    isOneOfMany,
    async fingerprint() {
      const states = await inTurns(run.files, ({ path }) => stat(path).catch(() => undefined));
      const there = states.flatMap((state) => (state === undefined ? [] : [`${state.size} ${state.mtimeMs}`]));
      return there.length === 0 ? undefined : there.join(", ");
    },
  };
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
