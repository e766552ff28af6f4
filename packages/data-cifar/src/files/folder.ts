// The files of a folder and of those in it, in the order of their names.
import { constants, type Dirent } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { badFile } from "../contents/contents.ts";
import { grouped } from "../format.ts";
import { type DataFile, MOST_FILE_BYTES, MOST_FILES } from "./data-file.ts";

/** `train/cat/1.png` is two below. What is deeper than this is refused, as leaving it out might be leaving out classes. */
const DEEPEST = 16;

const inOrder = new Intl.Collator("en", { numeric: true });

/** Those that are hidden are left out; linked folders are followed, each once. Throws `BAD_DATA` where a folder can't be read. */
export async function listFolder(directory: string): Promise<readonly DataFile[]> {
  const files: DataFile[] = [];
  await walk(directory, "", files, new Set());
  return files;
}

async function walk(directory: string, prefix: string, files: DataFile[], visited: Set<string>): Promise<void> {
  const folder = join(directory, prefix);
  const entries = await entriesOf(folder);
  // A link may lead to a folder above.
  const real = await realpath(folder);
  if (visited.has(real)) return;
  visited.add(real);
  if (prefix.split("/").length > DEEPEST + 1) throw badFile(prefix, `it is more than ${DEEPEST} folders deep`);
  for (const entry of entries.sort((one, other) => inOrder.compare(one.name, other.name))) {
    if (entry.name.startsWith(".")) continue;
    const name = prefix + entry.name;
    if (await isFolder(entry, join(directory, name))) {
      await walk(directory, `${name}/`, files, visited);
      continue;
    }
    if (files.length >= MOST_FILES) throw badFile(directory, `it holds more than ${grouped(MOST_FILES)} files`);
    files.push({ name, read: () => readWhole(join(directory, name), name) });
  }
}

async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  // A link that leads nowhere is found out on reading.
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The bytes of a regular file: whoever opens a pipe may wait for ever. */
export async function readWhole(path: string, name: string): Promise<Uint8Array> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw badFile(name, "it is not a file");
      if (found.size > MOST_FILE_BYTES) throw tooLarge(name, found.size);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw cause instanceof TrainscopeError ? cause : unreadable(path, cause);
  }
}

export function tooLarge(name: string, size: number): TrainscopeError {
  return badFile(name, `it has ${grouped(size)} bytes; expected at most ${grouped(MOST_FILE_BYTES)}`);
}

function unreadable(path: string, cause: unknown): TrainscopeError {
  return new TrainscopeError("BAD_DATA", `${path} can't be read: ${messageOf(cause)}`, {
    hint: "Check that you may read it.",
    cause,
  });
}
