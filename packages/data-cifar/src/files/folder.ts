// The files of a folder and of those in it, in the order of their names.
import { constants, type Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { badFile } from "../contents/contents.ts";
import { grouped } from "../format.ts";
import { type DataFile, MOST_FILE_BYTES, MOST_FILES } from "./data-file.ts";

/** `train/cat/1.png` is two below. */
const DEEPEST = 4;

const inOrder = new Intl.Collator("en", { numeric: true });

/** Those that are hidden are left out. Throws `BAD_DATA` where a folder can't be read. */
export async function listFolder(directory: string): Promise<readonly DataFile[]> {
  const files: DataFile[] = [];
  await walk(directory, "", 0, files);
  return files;
}

async function walk(directory: string, prefix: string, depth: number, files: DataFile[]): Promise<void> {
  const entries = await entriesOf(join(directory, prefix));
  for (const entry of entries.sort((one, other) => inOrder.compare(one.name, other.name))) {
    if (entry.name.startsWith(".")) continue;
    const name = prefix + entry.name;
    if (entry.isDirectory()) {
      if (depth < DEEPEST) await walk(directory, `${name}/`, depth + 1, files);
      continue;
    }
    if (files.length >= MOST_FILES) throw badFile(directory, `it holds more than ${grouped(MOST_FILES)} files`);
    files.push({ name, read: () => readWhole(join(directory, name), name) });
  }
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
