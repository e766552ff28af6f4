// A file as entries, as it grows. Its format is recognised by its beginning, and once more while that grows.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import {
  type Entry,
  type Format,
  HEAD_LENGTH,
  logName,
  ofSplit,
  type ReaderOptions,
  type RunFile,
  readFileEntries,
  readHead,
  recogniseFormat,
  unreadFormat,
} from "@trainscope/formats";
import { followFile } from "@trainscope/runs/files";
import type { EntryReceiver } from "./entry-receiver.ts";
import { GrowingFile } from "./growing-file.ts";
import { QUIET_MS } from "./telling.ts";
import { WholeFile } from "./whole-file.ts";

export interface EntryFileOptions extends RunFile, Pick<ReaderOptions, "pattern"> {
  /** Where it isn't to be recognised. */
  readonly format: Format | undefined;
  readonly now: () => number;
}

export class EntryFile {
  private readonly options: EntryFileOptions;
  private readonly receiver: EntryReceiver;
  private readonly stop: AbortSignal;
  private format: Format | undefined;
  private file: GrowingFile | WholeFile | undefined;
  /** How many of its first bytes were looked at; more than `HEAD_LENGTH` never matter. */
  private looked = 0;
  private hasEmitted = false;

  constructor(options: EntryFileOptions, receiver: EntryReceiver, stop: AbortSignal) {
    this.options = options;
    this.stop = stop;
    const { split } = options;
    this.receiver = {
      entries: (entries) => {
        this.hasEmitted = true;
        receiver.entries(split === undefined ? entries : entries.map((entry) => ofSplit(entry, split)));
      },
      restart: (why) => {
        // It may be of another format now.
        this.looked = 0;
        receiver.restart(why);
      },
    };
    this.format = options.format;
    if (this.format !== undefined) this.file = this.open(this.format);
  }

  get path(): string {
    return this.options.path;
  }

  /** Tells what has come since it was last called. Throws `BAD_OPTION` where it can't be read. */
  async readOn(): Promise<void> {
    if (this.options.format === undefined) await this.recognise();
    await this.file?.readOn();
  }

  /** From now on it is told anew, from its beginning. */
  reset(): void {
    if (this.format !== undefined) this.file = this.open(this.format);
    this.hasEmitted = false;
  }

  private open(format: Format): GrowingFile | WholeFile {
    const { path, pattern, now } = this.options;
    if (format.isWhole === true) {
      return new WholeFile({ path, read: () => readWhole(path, format, pattern), now }, this.receiver);
    }
    const createReader = () => format.create({ fileName: logName(path), pattern });
    return new GrowingFile(
      { path, createReader, hasLines: format.hasLines === true, now },
      this.receiver,
      this.stop,
    );
  }

  private async recognise(): Promise<void> {
    const { path, now } = this.options;
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || found.size === 0) return;
    // Refuses what is no file, or can't be opened.
    if (!found.isFile()) await followFile(path, { bytes() {}, restart() {} }, this.stop).readOn();
    const size = Math.min(found.size, HEAD_LENGTH);
    if (size === this.looked) return;
    const head = await readHead(path);
    const format = recogniseFormat(head, basename(path));
    if (format === undefined) {
      // The rest of its first bytes may be on the way.
      if (now() - found.mtimeMs < QUIET_MS) return;
      throw unreadFormat(path, head);
    }
    this.looked = head.length;
    const isAlike = format.create === this.format?.create;
    this.format = format;
    if (isAlike) return;
    if (this.hasEmitted)
      this.receiver.restart(`${basename(path)} is read as ${format.name}, from its beginning`);
    this.reset();
  }
}

async function readWhole(path: string, format: Format, pattern: RegExp | undefined): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const some of readFileEntries(path, format, { pattern })) entries.push(...some);
  return entries;
}
