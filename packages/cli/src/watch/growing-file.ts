// A file that is read on where it was read to.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Entry, Reader } from "@trainscope/formats";
import { type FollowedFile, followFile } from "@trainscope/runs/files";
import type { EntryReceiver } from "./entry-receiver.ts";
import { QUIET_MS } from "./telling.ts";

/** A last line without its end is taken for a whole one when nothing has come for so long. */
const LAST_LINE_MS = 5000;

export interface GrowingFileOptions {
  readonly path: string;
  readonly createReader: () => Reader;
  /** Whether it has lines, the last of which may lack its end. */
  readonly hasLines: boolean;
  readonly now: () => number;
}

export class GrowingFile {
  private readonly options: GrowingFileOptions;
  private readonly receiver: EntryReceiver;
  private readonly stop: AbortSignal;
  private file: FollowedFile;
  private reader: Reader;
  private lastByte = LINE_FEED;
  private modified = 0;
  /** Whether the last line was told without its end. */
  private isGuessed = false;
  private mayGuess: boolean;

  constructor(options: GrowingFileOptions, receiver: EntryReceiver, stop: AbortSignal) {
    this.options = options;
    this.receiver = receiver;
    this.stop = stop;
    this.mayGuess = options.hasLines;
    this.reader = options.createReader();
    this.file = this.open();
  }

  async readOn(): Promise<void> {
    const { path, now } = this.options;
    const isChanged = await this.file.readOn();
    if (isChanged) this.modified = (await stat(path).catch(() => undefined))?.mtimeMs ?? now();
    else if (this.mayGuess && this.lastByte !== LINE_FEED && now() - this.modified >= LAST_LINE_MS)
      this.guess();
    else if (now() - this.modified >= QUIET_MS) this.pass(this.reader.settle?.() ?? []);
  }

  private open(): FollowedFile {
    this.lastByte = LINE_FEED;
    const file: FollowedFile = followFile(
      this.options.path,
      {
        // One that was left is still read to the end of its piece.
        bytes: (bytes) => void (file === this.file && this.take(bytes)),
        restart: () => this.restart("was replaced or cut short, and is read anew"),
      },
      this.stop,
    );
    return file;
  }

  private restart(why: string): void {
    this.receiver.restart(`${basename(this.options.path)} ${why}`);
    this.isGuessed = false;
    this.lastByte = LINE_FEED;
    this.reader = this.options.createReader();
  }

  private take(bytes: Uint8Array): void {
    if (this.isGuessed) {
      const end = lineEnd(bytes);
      if (end === 0) {
        // Whoever writes so does it again: its buffer ends in the midst of lines.
        this.mayGuess = false;
        this.restart("had told half a line, and is read anew");
        this.file = this.open();
        return;
      }
      this.isGuessed = false;
      this.lastByte = bytes.at(-1) ?? LINE_FEED;
      this.tell(bytes.subarray(end));
      return;
    }
    this.lastByte = bytes.at(-1) ?? this.lastByte;
    this.tell(bytes);
  }

  private guess(): void {
    this.isGuessed = true;
    this.lastByte = LINE_FEED;
    this.tell(Uint8Array.of(LINE_FEED));
  }

  private tell(bytes: Uint8Array): void {
    this.pass(this.reader.push(bytes));
  }

  private pass(entries: readonly Entry[]): void {
    if (entries.length > 0) this.receiver.entries(entries);
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** How many bytes end the line that went before; 0 where it goes on. */
function lineEnd(bytes: Uint8Array): number {
  if (bytes[0] === LINE_FEED) return 1;
  return bytes[0] === CARRIAGE_RETURN && bytes[1] === LINE_FEED ? 2 : 0;
}
