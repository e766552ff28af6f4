// A disk of its own for a test: small, so that it can be filled, and such that it can be made read-only. A file system in
// memory, which only root may mount.
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export interface SmallDisk {
  readonly path: string;
  /** Leaves no byte of room, until `clear`. */
  fill(): void;
  clear(): void;
  /** Whether it is so now: not while a file is open for writing. */
  makeReadOnly(): boolean;
  makeWritable(): void;
}

export const canMount = tryToMount();
if (!canMount)
  process.stderr.write("nothing can be mounted here: the tests of a disk that fails are skipped.\n");

/** Mounted on a new folder, and gone after the test. */
export function mountSmallDisk(path: string, megabytes: number): SmallDisk {
  mkdirSync(path);
  mount("-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path);
  onTestFinished(() => void spawnSync("umount", ["--lazy", path]));
  const ballast = join(path, "ballast");
  return {
    path,
    fill() {
      const file = openSync(ballast, "w");
      try {
        for (let size = 1 << 16; size >= 1; size /= 2) writeUntilFull(file, Buffer.alloc(size));
      } finally {
        closeSync(file);
      }
    },
    clear: () => rmSync(ballast),
    makeReadOnly: () => spawnSync("mount", ["-o", "remount,ro", path]).status === 0,
    makeWritable: () => mount("-o", "remount,rw", path),
  };
}

function writeUntilFull(file: number, bytes: Uint8Array): void {
  try {
    while (writeSync(file, bytes) > 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync("mount", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`mount ${args.join(" ")}: ${stderr}`);
}

function tryToMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), "trainscope-mount-"));
  try {
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path]).status !== 0) return false;
    return spawnSync("umount", [path]).status === 0;
  } finally {
    rmdirSync(path);
  }
}
