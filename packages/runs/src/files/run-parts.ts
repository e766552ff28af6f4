// A run's folder may be anybody's. Its parts must be files and folders of its own: a link would lead reading and writing
// elsewhere, and a pipe would hold a reader for ever.
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { reasonOf } from "./run-folder.ts";

type Kind = "file" | "folder" | "socket";

/** By their names; what else is in the folder is none of a run's. */
const PARTS: readonly (readonly [name: RegExp, kind: Kind])[] = [
  [/^(run\.json|source\.json|events\.jsonl|label\.json)(\..*)?$/, "file"],
  [/^(checkpoints|artifacts|sessions)$/, "folder"],
  [/^control\.sock$/, "socket"],
  // Where a socket is made before it has its place; one that is left is of a process that was killed meanwhile.
  [/^\.control-[A-Za-z0-9]{6}$/, "folder"],
];

/** `undefined` for what is none of a run's. */
export function kindOfPart(name: string): Kind | undefined {
  return PARTS.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * Throws `BAD_DATA` where a part of a run, or what is in one, is no file or folder of its own; `BAD_OPTION` where the
 * folder can't be read. To be called before anything of a run is read or written.
 */
export async function checkRunParts(folder: string): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const kind = kindOfPart(entry.name);
    if (kind === undefined) continue;
    if (!isOfKind(entry, kind)) throw foreign(folder, entry.name, entry, `a ${kind}`);
    if (kind === "folder") await checkWithin(folder, entry.name);
  }
}

async function checkWithin(folder: string, part: string): Promise<void> {
  for (const entry of await entriesOf(join(folder, part))) {
    const name = join(part, entry.name);
    const isOwn = entry.isFile() || entry.isDirectory() || (part.startsWith(".control-") && entry.isSocket());
    if (!isOwn) throw foreign(folder, name, entry, "a file or folder");
    if (entry.isDirectory()) await checkWithin(folder, name);
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    // Removed since it was listed.
    if (error.code === "ENOENT") return [];
    throw new TrainscopeError("BAD_OPTION", `can't read ${folder}: ${reasonOf(error)}`, { cause: error });
  });
}

function isOfKind(entry: Dirent, kind: Kind): boolean {
  if (kind === "file") return entry.isFile();
  return kind === "folder" ? entry.isDirectory() : entry.isSocket();
}

function foreign(folder: string, name: string, entry: Dirent, expected: string): TrainscopeError {
  const found = kindInWords(entry);
  return new TrainscopeError(
    "BAD_DATA",
    `${join(folder, name)} is ${found}; expected ${expected} of the run's own`,
    {
      hint: "Nothing of the run was touched. Put a copy of what belongs there in its place, or remove it.",
    },
  );
}

function kindInWords(entry: Dirent): string {
  if (entry.isSymbolicLink()) return "a symbolic link";
  if (entry.isFIFO()) return "a pipe";
  if (entry.isSocket()) return "a socket";
  if (entry.isDirectory()) return "a folder";
  return entry.isFile() ? "a file" : "a device";
}
