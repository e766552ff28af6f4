// Unpacks the archive's known files beside their place, checks them, and moves them there: all or none.
import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { LAYOUT_FILES, LAYOUT_FOLDER } from "../layout.ts";
import { checkFiles } from "../load.ts";
import { notWritable, systemCode } from "./storage.ts";

export interface UnpackOptions {
  readonly archive: string;
  /** Gets the subfolder `cifar-10-batches-bin`. */
  readonly directory: string;
  /** Pictures in each file. */
  readonly records: number;
  readonly signal: AbortSignal;
  onBytes(unpacked: number): void;
}

const TEMPORARY = ".unpacking-";

/** The folder with the files. Throws `BAD_DATA` if the archive's files are not as expected. */
export async function unpack({ archive, directory, records, signal, onBytes }: UnpackOptions): Promise<string> {
  const target = join(directory, LAYOUT_FOLDER);
  let temporary: string | undefined;
  try {
    await removeStale(directory);
    temporary = await mkdtemp(join(directory, TEMPORARY));
    await extractKnown(archive, temporary, onBytes);
    const unpacked = join(temporary, LAYOUT_FOLDER);
    await checkPresent(archive, unpacked);
    await checkFiles(unpacked, records);
    signal.throwIfAborted();
    await moveInto(unpacked, target);
    return target;
  } catch (error) {
    signal.throwIfAborted();
    const code = systemCode(error);
    // Codes of tar and of zlib; all others are the file system's.
    if (code?.startsWith("TAR_") || code?.startsWith("Z_")) throw badArchive(archive, "is damaged", error);
    throw code === undefined ? error : notWritable(target, error);
  } finally {
    if (temporary !== undefined) await remove(temporary);
  }
}

/** Files that were being written when another one failed may still turn up: hence the new attempts. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }).catch(() => {});
}

/** What a process that was killed left behind; an hour is longer than any unpacking that still goes on. */
async function removeStale(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(TEMPORARY)) continue;
    const path = join(directory, name);
    const changed = (await stat(path).catch(() => undefined))?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - changed > 3_600_000) await remove(path);
  }
}

const WANTED = new Set(LAYOUT_FILES.map((file) => `${LAYOUT_FOLDER}/${file}`));

/** Only plain files with the known names are written, so no entry can reach another folder. */
async function extractKnown(
  archive: string,
  directory: string,
  onBytes: (unpacked: number) => void,
): Promise<void> {
  const { extract } = await import("tar");
  let unpacked = 0;
  await extract({
    file: archive,
    cwd: directory,
    strict: true,
    preserveOwner: false,
    filter: (path, entry) => WANTED.has(path.replace(/^\.\//, "")) && "type" in entry && entry.type === "File",
    onReadEntry: (entry) => {
      entry.on("end", () => {
        unpacked += entry.size;
        onBytes(unpacked);
      });
    },
  });
}

async function checkPresent(archive: string, folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  const missing = LAYOUT_FILES.filter((file) => !names.includes(file));
  if (missing.length > 0) throw badArchive(archive, `lacks ${LAYOUT_FOLDER}/${missing.join(", ")}`);
}

/** One rename if nothing is there; else file by file over a folder that was found incomplete. */
async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(systemCode(error) ?? "")) throw error;
    for (const file of LAYOUT_FILES) await rename(join(from, file), join(to, file));
  }
}

function badArchive(archive: string, what: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("BAD_DATA", `${archive} ${what}`, {
    hint: "Delete it and download it again.",
    cause,
  });
}
