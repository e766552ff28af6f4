// From the authors' server to a checked folder: fetch, verify, unpack.
import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { grouped } from "../format.ts";
import {
  ARCHIVE_FILE,
  ARCHIVE_MD5,
  ARCHIVE_PAGE,
  ARCHIVE_URL,
  BATCH_FILES,
  LAYOUT_FOLDER,
  NAMES_FILE,
  RECORD_BYTES,
  RECORDS_PER_FILE,
} from "../layout.ts";
import { md5Of } from "./checksum.ts";
import { claimPartialFile } from "./partial-file.ts";
import { makeFolder, onDisk } from "./storage.ts";
import { transfer } from "./transfer.ts";
import { unpack } from "./unpack.ts";

/** How far a download is. */
export interface DownloadProgress {
  readonly phase: "download" | "verify" | "unpack";
  /** Bytes done of this phase; a resumed download starts with those it has. */
  readonly receivedBytes: number;
  /** `null` if the server doesn't say. */
  readonly totalBytes: number | null;
}

/** What `downloadCifar10` takes. */
export interface DownloadOptions {
  /** Gets `cifar-10-batches-bin`, and until then the partial archive; made if missing. */
  readonly directory: string;
  /** The official archive's address if left out. */
  readonly url?: string | undefined;
  /** The archive's MD5 in hexadecimal; the official one's if left out. */
  readonly md5?: string | undefined;
  /** Stops the download and keeps what has been received. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** A transfer may be slow, but not silent for longer than this: 30,000 ms. */
  readonly stallTimeoutMs?: number | undefined;
  /** Waits before new attempts after a dropped connection: 500, 2,000 and 5,000 ms. */
  readonly retryDelaysMs?: readonly number[] | undefined;
}

/**
 * Makes `directory/cifar-10-batches-bin`, unless it is complete already, and gives its path. An archive
 * `cifar-10-binary.tar.gz` that lies in `directory`, fetched by hand, is used in place of the network.
 *
 * Throws `DOWNLOAD_FAILED` (network), `CHECKSUM_MISMATCH` (the partial file is deleted), `BAD_DATA` (the archive
 * holds something else), `OUTPUT_NOT_WRITABLE` (folder or full disk), and the signal's reason when aborted.
 */
export async function downloadCifar10(options: DownloadOptions): Promise<{ directory: string }> {
  requireArgument("downloadCifar10", "options", options, "an object");
  requireArgument("downloadCifar10", "options.directory", options.directory, "a text");
  return await install(options, RECORDS_PER_FILE);
}

/** `downloadCifar10` for an archive whose files hold `records` pictures each. */
export async function install(options: DownloadOptions, records: number): Promise<{ directory: string }> {
  const { directory } = options;
  const target = join(directory, LAYOUT_FOLDER);
  if (await isComplete(target, records)) return { directory: target };
  options.signal?.throwIfAborted();
  await makeFolder(directory);
  try {
    await fetchAndUnpack(options, records);
  } catch (error) {
    // Another process may have finished it meanwhile, and have taken the archive away.
    if (!(await isComplete(target, records))) throw error;
  }
  return { directory: target };
}

async function fetchAndUnpack(options: DownloadOptions, records: number): Promise<void> {
  const { directory, signal = new AbortController().signal } = options;
  const archive = join(directory, ARCHIVE_FILE);
  const byHand = (await sizeOf(archive)) !== undefined;
  if (byHand) await verify(options, archive, byHand, signal);
  else await fetchArchive(options, archive, signal);

  const totalBytes = BATCH_FILES.length * records * RECORD_BYTES;
  const onBytes = (unpacked: number) =>
    options.onProgress?.({ phase: "unpack", receivedBytes: Math.min(unpacked, totalBytes), totalBytes });
  onBytes(0);
  await unpack({ archive, directory, records, signal, onBytes });
  if (!byHand) await onDisk(archive, () => rm(archive, { force: true }));
}

/** Once verified it has its name, so that a disk too full to unpack it doesn't cost another download. */
async function fetchArchive(options: DownloadOptions, archive: string, signal: AbortSignal): Promise<void> {
  const url = options.url ?? ARCHIVE_URL;
  const partial = await claimPartialFile(archive);
  try {
    await transfer({
      url,
      partial: partial.path,
      signal,
      fetch: options.fetch ?? globalThis.fetch,
      stallTimeoutMs: options.stallTimeoutMs ?? 30_000,
      retryDelaysMs: options.retryDelaysMs ?? [500, 2000, 5000],
      byHand: `fetch ${ARCHIVE_FILE} by hand (see ${ARCHIVE_PAGE}), save it as ${archive} and try again`,
      onBytes: (receivedBytes, totalBytes) =>
        options.onProgress?.({ phase: "download", receivedBytes, totalBytes }),
    });
    await verify(options, partial.path, false, signal);
    await onDisk(archive, () => rename(partial.path, archive));
  } finally {
    await partial.release();
  }
}

async function verify(
  { md5: expected = ARCHIVE_MD5, onProgress }: DownloadOptions,
  path: string,
  byHand: boolean,
  signal: AbortSignal,
): Promise<void> {
  const totalBytes = (await sizeOf(path)) ?? null;
  const found = await md5Of(path, signal, (receivedBytes) =>
    onProgress?.({ phase: "verify", receivedBytes, totalBytes }),
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  if (found === expected.toLowerCase()) return;
  // Going on from damaged bytes could never succeed. A file that the user put there is the user's to delete.
  if (!byHand) await rm(path, { force: true });
  const what = byHand ? path : "what came";
  const message = `${what} (${grouped(totalBytes ?? 0)} bytes) has MD5 ${found}; expected ${expected}`;
  throw new TrainscopeError("CHECKSUM_MISMATCH", message, {
    hint: byHand ? "Delete it and try again." : "The damaged file was deleted: try again.",
  });
}

async function isComplete(folder: string, records: number): Promise<boolean> {
  const sizes = await Promise.all(BATCH_FILES.map((file) => sizeOf(join(folder, file))));
  const names = await sizeOf(join(folder, NAMES_FILE));
  return names !== undefined && sizes.every((size) => size === records * RECORD_BYTES);
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
