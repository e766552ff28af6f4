// The files of a .tar.gz or .tar, read as a stream. Nothing is written: an entry's name is a name and no path.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import type { ReadEntry } from "tar";
import { ARCHIVE_HEAD, type ArchiveKind, archiveKindOf } from "../contents/archive-kind.ts";
import { badFile } from "../contents/contents.ts";
import { grouped } from "../format.ts";
import { MOST_FILE_BYTES, MOST_FILES } from "./data-file.ts";
import { tooLarge } from "./folder.ts";

/** What an archive may unpack to, whatever of it is read: 8 GiB. */
const MOST_BYTES = 2 ** 33;

/** Whether a file begins as a .gz, or as a .tar. */
export async function archiveKind(path: string): Promise<ArchiveKind | undefined> {
  const handle = await open(path);
  try {
    const head = Buffer.alloc(ARCHIVE_HEAD);
    await handle.read(head, 0, head.length, 0);
    return archiveKindOf(head);
  } finally {
    await handle.close();
  }
}

/**
 * Hands over the regular files that `isWanted`, in the archive's order, each whole and once; links, devices and folders are
 * passed over.
 *
 * @throws TrainscopeError `BAD_DATA` where the archive is damaged, or too large; what `onFile` throws
 */
export async function readArchive(
  path: string,
  name: string,
  kind: ArchiveKind,
  isWanted: (name: string) => boolean,
  onFile: (name: string, bytes: Uint8Array) => void,
): Promise<void> {
  const reader = new EntryReader(name, isWanted, onFile);
  const limit = new Limit(name);
  const source = createReadStream(path);
  const entries = (chunks: AsyncIterable<Uint8Array>): Promise<void> => reader.readAll(chunks);
  try {
    if (kind === "gz") await pipeline(source, createGunzip(), limit, entries);
    else await pipeline(source, limit, entries);
  } catch (cause) {
    if (cause instanceof TrainscopeError) throw cause;
    throw badFile(name, `the archive is damaged: ${messageOf(cause)}`);
  }
}

/** Ends what unpacks without end. */
class Limit extends Transform {
  private left = MOST_BYTES;

  private readonly archive: string;

  constructor(archive: string) {
    super();
    this.archive = archive;
  }

  override _transform(chunk: Uint8Array, _: BufferEncoding, done: TransformCallback): void {
    this.left -= chunk.length;
    const problem = `it unpacks to more than ${grouped(MOST_BYTES)} bytes`;
    done(this.left < 0 ? badFile(this.archive, problem) : null, chunk);
  }
}

class EntryReader {
  private count = 0;
  private problem: unknown;

  private readonly archive: string;
  private readonly isWanted: (name: string) => boolean;
  private readonly onFile: (name: string, bytes: Uint8Array) => void;

  constructor(
    archive: string,
    isWanted: (name: string) => boolean,
    onFile: (name: string, bytes: Uint8Array) => void,
  ) {
    this.archive = archive;
    this.isWanted = isWanted;
    this.onFile = onFile;
  }

  async readAll(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    // It is large, and most data is no archive.
    const { Parser } = await import("tar");
    const parser = new Parser({ strict: true, onReadEntry: (entry) => this.read(entry) });
    const ended = new Promise<void>((resolve, reject) => {
      parser.on("end", resolve);
      parser.on("error", reject);
    });
    ended.catch(() => undefined);
    for await (const chunk of chunks) {
      parser.write(Buffer.from(chunk));
      if (this.problem !== undefined) throw this.problem;
    }
    parser.end();
    await ended;
    if (this.problem !== undefined) throw this.problem;
  }

  private read(entry: ReadEntry): void {
    const name = entry.path.replace(/^\.\//, "");
    if (++this.count > MOST_FILES)
      this.problem ??= badFile(this.archive, `it holds more than ${grouped(MOST_FILES)} files`);
    const isHidden = name.split("/").some((part) => part.startsWith("."));
    if (this.problem !== undefined || entry.type !== "File" || isHidden || !this.isWanted(name)) {
      entry.resume();
      return;
    }
    if (entry.size > MOST_FILE_BYTES) {
      this.problem = tooLarge(name, entry.size);
      entry.resume();
      return;
    }
    const parts: Uint8Array[] = [];
    entry.on("data", (part: Uint8Array) => void parts.push(part));
    entry.on("end", () => {
      if (this.problem !== undefined) return;
      try {
        this.onFile(name, Buffer.concat(parts, entry.size));
      } catch (thrown) {
        this.problem = thrown;
      }
    });
  }
}
