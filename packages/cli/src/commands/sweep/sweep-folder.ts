// The folder of a sweep: what it is (sweep.json), what it issued (jobs.jsonl), what was trained (trials, checkpoints, runs) and
// what it came to (results.json, results.csv, sweep.html).
import { appendFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { SWEEP_OBJECTIVES, SWEEP_STRATEGIES } from "@trainscope/core/plugins";
import { type Checked, COUNT, checkJson, checkShape, oneOf, STRING, shapeOf } from "@trainscope/core/schema";
import { resolveSettings } from "@trainscope/core/settings";
import {
  exclusively,
  isMissing,
  makeFolders,
  readSmallFile,
  reasonOf,
  SWEEP_FILE,
  writeWhole,
} from "@trainscope/runs/files";
import type { IssuedJob } from "@trainscope/sweep";
import * as z from "zod/mini";
import { SWEPT_RUNS } from "../../input/swept-runs.ts";
import { attempt } from "../../report/report-folder.ts";
import { checked, type SweepDefinition } from "./definition.ts";
import { readLines } from "./read-lines.ts";

const VERSION = 1;
const DEFINITION = SWEEP_FILE;
const JOBS = "jobs.jsonl";
export const LOCK = "sweep.lock";

export interface StoredSweep {
  readonly definition: SweepDefinition;
  /** Of the images that are trained on and validated with. */
  readonly fingerprint: string;
  readonly dataName: string;
}

export interface SweepFolder {
  /** As the user typed it. */
  readonly path: string;
  readonly trials: string;
  readonly checkpoints: string;
  /** The log of each training, as that of a run. */
  readonly runs: string;
  /** `undefined` for a sweep that begins here. */
  readonly stored: StoredSweep | undefined;
  /** In the order in which they were issued. */
  readonly issued: readonly IssuedJob[];
  /** Of several processes one has the folder. Throws `BAD_OPTION` where another has it, `OUTPUT_NOT_WRITABLE`. */
  exclusively<Result>(body: () => Promise<Result>): Promise<Result>;
  /** Makes its folders and keeps what the sweep is. Throws `OUTPUT_NOT_WRITABLE`. */
  open(sweep: StoredSweep): Promise<void>;
  append(job: IssuedJob): Promise<void>;
  /** Keeps what the sweep is from now on, once it has been opened. */
  define(definition: SweepDefinition): Promise<void>;
  /** Writes a file whole or not at all. */
  write(name: string, content: string): Promise<void>;
}

/** Reads, and makes nothing. Throws `BAD_DATA` for a damaged file, `BAD_OPTION` for a folder that holds something else. */
export async function findSweepFolder(path: string): Promise<SweepFolder> {
  const stored = await readStored(path);
  if (stored === undefined) await requireEmpty(path);
  const issued = stored === undefined ? [] : await readJobs(path);
  const [trials, checkpoints, runs] = ["trials", "checkpoints", SWEPT_RUNS].map((name) => join(path, name)) as [
    string,
    string,
    string,
  ];

  let opened: StoredSweep | undefined;
  const keep = async (sweep: StoredSweep): Promise<void> => {
    opened = sweep;
    await write(DEFINITION, `${JSON.stringify({ v: VERSION, ...sweep }, null, 2)}\n`);
  };
  const write = async (name: string, content: string): Promise<void> => {
    await attempt(join(path, name), () => writeWhole(join(path, name), content));
  };
  return {
    path,
    trials,
    checkpoints,
    runs,
    stored,
    issued,
    write,
    async exclusively(body) {
      await attempt(path, () => makeFolders(resolve(path)));
      return await exclusively(join(path, LOCK), body);
    },
    async open(sweep) {
      await attempt(path, async () => {
        for (const folder of [trials, checkpoints, runs]) await makeFolders(resolve(folder));
      });
      await keep(sweep);
      // Whole: a line that was torn is gone before another is appended.
      await write(JOBS, issued.map(lineOf).join(""));
    },
    async define(definition) {
      if (opened === undefined) throw new Error("the folder is not open");
      await keep({ ...opened, definition });
    },
    async append(job) {
      await attempt(join(path, JOBS), () => appendFile(join(path, JOBS), lineOf(job)));
    },
  };
}

function lineOf({ candidate, epochs, known, point }: IssuedJob): string {
  return `${JSON.stringify({ candidate, epochs, known, point })}\n`;
}

const OBJECT = z.record(STRING, z.unknown(), "an object");
const DEFINED = shapeOf({
  settings: OBJECT,
  space: OBJECT,
  strategy: oneOf(SWEEP_STRATEGIES),
  budget: z.union([COUNT, z.null()], "a whole number or null"),
  seeds: COUNT.check(z.minimum(1, "a whole number of at least 1")),
  objective: oneOf(SWEEP_OBJECTIVES),
  reduction: COUNT,
  leastEpochs: z.union([COUNT, z.null()], "a whole number or null"),
  ahead: COUNT.check(z.minimum(1, "a whole number of at least 1")),
});
/** Of such a definition, as another process asks for them. */
export const CHANGES = z.partial(DEFINED);
const STORED = shapeOf({
  v: z.literal(VERSION, String(VERSION)),
  fingerprint: STRING,
  dataName: STRING,
  definition: z.unknown(),
});

/** What a sweep says that it is, or what is wrong with it. */
export function parseDefinition(value: unknown): Checked<SweepDefinition> {
  const found = checkShape(z.object({ definition: DEFINED }), { definition: value });
  if ("reason" in found) return found;
  const { definition } = found.value;
  try {
    const settings = resolveSettings(definition.settings);
    return {
      value: checked({ ...definition, settings, space: definition.space as SweepDefinition["space"] }),
    };
  } catch (error) {
    if (error instanceof TrainscopeError) return { reason: error.message };
    throw error;
  }
}

async function readStored(folder: string): Promise<StoredSweep | undefined> {
  const path = join(folder, DEFINITION);
  const text = await readText(path);
  if (text === undefined) return undefined;
  const found = checkJson(STORED, text);
  if ("reason" in found) throw damaged(path, found.reason);
  const { fingerprint, dataName } = found.value;
  const definition = parseDefinition(found.value.definition);
  if ("reason" in definition) throw damaged(path, definition.reason);
  return { fingerprint, dataName, definition: definition.value };
}

const JOB = shapeOf({ candidate: COUNT, epochs: COUNT, known: COUNT, point: OBJECT });

/** A last line without its end was torn when the sweep was killed: nothing had begun to train it. */
async function readJobs(folder: string): Promise<readonly IssuedJob[]> {
  const path = join(folder, JOBS);
  const jobs: IssuedJob[] = [];
  await readLines(path, (line) => {
    const found = checkJson(JOB, line);
    const where = `line ${jobs.length + 1}`;
    if ("reason" in found) throw damaged(path, `${where}: ${found.reason}`);
    try {
      resolveSettings(found.value.point);
    } catch (error) {
      if (error instanceof TrainscopeError) throw damaged(path, `${where}: ${error.message}`);
      throw error;
    }
    jobs.push(found.value as IssuedJob);
  });
  return jobs;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readSmallFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new TrainscopeError("BAD_DATA", `can't read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function damaged(path: string, reason: string): TrainscopeError {
  return new TrainscopeError("BAD_DATA", `${path} is damaged: ${reason}`, {
    hint: "Put it right, or name another folder with --out.",
  });
}

async function requireEmpty(path: string): Promise<void> {
  const names = await readdir(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new TrainscopeError("BAD_OPTION", `can't read the folder ${path}: ${reasonOf(error)}`, {
      hint: "Name a folder for the sweep with --out.",
      cause: error,
    });
  });
  // A worker that was started here has made the folders of its store.
  const ours = ["trials", "checkpoints"];
  if (names.every((name) => name.startsWith(LOCK) || ours.includes(name))) return;
  throw new TrainscopeError("BAD_OPTION", `${path} holds something else than a sweep`, {
    hint: "Name a folder for the sweep with --out: one of an earlier sweep, an empty one, or one that isn't there yet.",
  });
}
