// A file that can be read only as a whole, a document or a database: it is read anew whenever it has changed.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Entry } from "@trainscope/formats";
import type { EntryReceiver } from "./entry-receiver.ts";
import { QUIET_MS } from "./telling.ts";

export interface WholeFileOptions {
  readonly path: string;
  readonly read: () => Promise<readonly Entry[]>;
  readonly now: () => number;
}

export class WholeFile {
  private readonly options: WholeFileOptions;
  private readonly receiver: EntryReceiver;
  private told: readonly Entry[] = [];
  /** How the file was found when it was last read. */
  private found = "";

  constructor(options: WholeFileOptions, receiver: EntryReceiver) {
    this.options = options;
    this.receiver = receiver;
  }

  /** Tells what has come since, where the rest is as it was; else all of it. */
  async readOn(): Promise<void> {
    const { path, read, now } = this.options;
    const found = await look(path);
    if (found === undefined || found.signature === this.found) return;
    const entries = await read();
    // It may have been read while it was being written.
    const isYoung = Math.abs(now() - found.modified) < QUIET_MS;
    if (isYoung && !entries.some(({ kind }) => kind === "record")) return;
    this.found = found.signature;
    const before = this.told;
    this.told = entries;
    if (isDeepStrictEqual(entries.slice(0, before.length), before))
      this.receiver.entries(entries.slice(before.length));
    else {
      this.receiver.restart(`${basename(path)} was written anew`);
      this.receiver.entries(entries);
    }
  }
}

/** A database may grow in a file beside it. */
async function look(path: string): Promise<{ signature: string; modified: number } | undefined> {
  const files = await Promise.all([path, `${path}-wal`].map((one) => stat(one).catch(() => undefined)));
  if (files[0] === undefined) return undefined;
  const there = files.filter((one) => one !== undefined);
  return {
    signature: there.map(({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`).join(),
    modified: Math.max(...there.map(({ mtimeMs }) => mtimeMs)),
  };
}
