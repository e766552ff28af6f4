// The folder of a run that another program trained, made of the figures that its log tells.
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import type { TrainingEvent } from "@trainscope/core/events";
import { type FoundRun, type RunTable, toRunEvents } from "@trainscope/formats";
import { type KnownRuns, readKnownRuns } from "@trainscope/runs";
import { LOG_FILE, makeFolders, reasonOf, SOURCE_FILE } from "@trainscope/runs/files";
import { writeLabel } from "@trainscope/runs/labels";
import { SOURCE_RECORD_VERSION, type SourceRecord } from "@trainscope/runs/record";
import { VERSION } from "../version.ts";
import { drawPictures } from "./draw-pictures.ts";
import { inPieces } from "./in-pieces.ts";

export interface ImportOptions {
  /** Where runs are written. */
  readonly out: string;
  /** Whether its curves are drawn. */
  readonly pictures: boolean;
}

export interface ImportedRun {
  readonly folder: string;
  /** What it is called from now on; `undefined` where the same figures had been imported before, into this folder. */
  readonly name: string | undefined;
  /** Why there are no pictures, though they were asked for. */
  readonly trouble: string | undefined;
}

/** Makes `<out>/<id>` of what a source told, whole or not at all. The same figures are not imported twice. */
export type Importer = (found: FoundRun, table: RunTable) => Promise<ImportedRun>;

/**
 * For one run after the other. What `out` holds is read once, as the first run is made. The importer throws
 * `OUTPUT_NOT_WRITABLE` where a run can't be written.
 */
export function createImporter({ out, pictures }: ImportOptions): Importer {
  let known: KnownRuns | undefined;
  return async (found, table) => {
    const record = recordOf(found, table);
    const { runId, sha256 } = record;
    const folder = join(out, runId);
    const temporary = join(out, `${HIDDEN}${runId}-${randomBytes(4).toString("hex")}`);
    try {
      known ??= await openFolder(out);
      const before = known.folders.get(sha256);
      if (before !== undefined) return { folder: before, name: undefined, trouble: undefined };
      const name = freeName(known.names, found.name);
      const imported = await make({ temporary, folder, table, record, name, pictures });
      known.folders.set(sha256, folder);
      known.names.add(runId).add(name);
      return imported;
    } catch (error) {
      if (error instanceof TrainscopeError) throw error;
      throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `can't make the folder ${folder}: ${reasonOf(error)}`, {
        hint: "Name a folder that you may write to with --out.",
        cause: error,
      });
    }
  };
}

async function openFolder(out: string): Promise<KnownRuns> {
  await makeFolders(resolve(out));
  await sweepHalves(out);
  return await readKnownRuns(out);
}

async function make({
  temporary,
  ...contents
}: Contents & { readonly temporary: string }): Promise<ImportedRun> {
  const { folder, name } = contents;
  await mkdir(temporary);
  try {
    const trouble = await fill(temporary, contents);
    const isFirst = await takesPlace(temporary, folder);
    return isFirst ? { folder, name, trouble } : { folder, name: undefined, trouble: undefined };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** When the run began, as its source says or as its files were written last, and four letters of its figures. */
function recordOf({ format, files, modified }: FoundRun, table: RunTable): SourceRecord {
  const sha256 = digestOf(table);
  // A file's time may lie before 1970, and a source record has no such time.
  const written = Math.max(0, Math.floor(modified));
  const began = table.times.points().ys[0] ?? written;
  const stamp = new Date(began).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  const letters = Array.from(sha256.matchAll(/../g), ([byte]) => Number.parseInt(byte, 16))
    .slice(0, 4)
    .map((byte) => String.fromCharCode(97 + (byte % 26)));
  return {
    v: SOURCE_RECORD_VERSION,
    runId: `${stamp}-${letters.join("")}`,
    format: format.name,
    files: files.map(({ path }) => resolve(path)),
    sha256,
    modified: written,
    imported: Date.now(),
    versions: { trainscope: VERSION },
  };
}

function digestOf({ axis, series }: RunTable): string {
  const hash = createHash("sha256").update(axis);
  for (const one of series) {
    const { xs, ys } = one.points();
    hash.update(`\n${one.tag}\n`).update(Float64Array.from(xs)).update(Float64Array.from(ys));
  }
  return hash.digest("hex");
}

/** No other run is called so. */
function freeName(taken: ReadonlySet<string>, wanted: string): string {
  const name = wanted.replace(/[\\\p{C}]/gu, "").trim() || "imported";
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
  return free;
}

interface Contents {
  /** Where it will be. */
  readonly folder: string;
  readonly table: RunTable;
  readonly record: SourceRecord;
  readonly name: string;
  readonly pictures: boolean;
}

/** Gives why there are no pictures. */
async function fill(
  at: string,
  { folder, table, record, name, pictures }: Contents,
): Promise<string | undefined> {
  const { runId, modified } = record;
  const events = [...toRunEvents(table, { runId, time: modified })];
  const drawn = pictures ? await drawPictures(events, { name, at, folder }) : undefined;
  const all = [...events, ...(drawn?.events ?? [])];
  await writeFile(join(at, LOG_FILE), inPieces(linesOf(all)), { flush: true });
  await writeFile(join(at, SOURCE_FILE), `${JSON.stringify(record)}\n`, { flush: true });
  await writeLabel(at, { name, tags: [] });
  return drawn?.trouble;
}

function* linesOf(events: readonly TrainingEvent[]): Generator<string> {
  for (const event of events) yield `${JSON.stringify(event)}\n`;
}

/** `false` where another process was there before, with the same run. */
async function takesPlace(temporary: string, folder: string): Promise<boolean> {
  try {
    await rename(temporary, folder);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOTEMPTY") return false;
    throw error;
  }
}

const HIDDEN = ".import-";
/** A process that was killed leaves a half run in a hidden folder; one that works on its own takes less time. */
const LEFT_MS = 3_600_000;

async function sweepHalves(out: string): Promise<void> {
  for (const name of await readdir(out)) {
    if (!name.startsWith(HIDDEN)) continue;
    const path = join(out, name);
    const age =
      Date.now() -
      (await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      ));
    if (age > LEFT_MS) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
