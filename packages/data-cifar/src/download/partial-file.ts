// The partial file of a download. One that is under way has a file that carries its owner's name, so two at once never
// write to the same; what was left, by a stop or by a process that died, is gone on from by one of those that follow.
import { randomBytes } from "node:crypto";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { onDisk, systemCode } from "./storage.ts";

export interface PartialFile {
  readonly path: string;
  /** Leaves what has come, where it is still there, to whoever tries again: the larger of two. Never rejects. */
  release(): Promise<void>;
}

/** Longer than any transfer is silent before it gives up: who writes to a file that rests so long is gone. */
const ABANDONED_MS = 10 * 60_000;

/** A file of this process for what is to become `archive`, with the most that others have left of it. */
export async function claimPartialFile(archive: string): Promise<PartialFile> {
  const left = `${archive}.partial`;
  const path = `${archive}.${hostname()}-${process.pid}-${randomBytes(4).toString("hex")}.partial`;
  await onDisk(path, async () => {
    await (await open(path, "wx")).close();
    // By the clock of the disk, which may be another machine's.
    const { mtimeMs: now } = await stat(path);
    for (const found of await listLeft(archive, now)) {
      // Whoever comes second finds nothing to rename, and takes the next.
      if (await move(found, path)) break;
    }
  });
  return {
    path,
    async release() {
      const size = (await sizeOf(path)) ?? 0;
      const isLarger = size > ((await sizeOf(left)) ?? 0);
      // Where the disk refuses, it is found under its own name once this process is gone.
      await (isLarger ? rename(path, left) : rm(path, { force: true })).catch(() => {});
    },
  };
}

/** Partial files that nobody writes to, the largest first. */
async function listLeft(archive: string, now: number): Promise<readonly string[]> {
  const folder = dirname(archive);
  const found: { readonly path: string; readonly size: number }[] = [];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(archive)}.`) || !name.endsWith(".partial")) continue;
    const path = join(folder, name);
    const about = await stat(path).catch(() => undefined);
    if (about === undefined) continue;
    const owner = name.slice(basename(archive).length + 1, -".partial".length);
    if (isLeft(owner) || now - about.mtimeMs > ABANDONED_MS) found.push({ path, size: about.size });
  }
  return found.sort((one, other) => other.size - one.size).map(({ path }) => path);
}

/** `owner`: empty where it was released. */
function isLeft(owner: string): boolean {
  const [, host, pid] = /^(.+)-(\d+)-[0-9a-f]{8}$/.exec(owner) ?? [];
  return owner === "" || (host === hostname() && !isAlive(Number(pid)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return systemCode(error) === "EPERM";
  }
}

/** Tells whether it was still there. */
async function move(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
