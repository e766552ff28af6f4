// One file over HTTP into a partial file that later attempts, and later runs, go on from.
import { constants } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, TrainscopeError } from "@trainscope/core";
import { grouped } from "../format.ts";
import { parseContentRange } from "./content-range.ts";
import { onDisk } from "./storage.ts";

export interface TransferOptions {
  readonly url: string;
  /** Kept when the transfer fails or is aborted. */
  readonly partial: string;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  /** Longest time without a byte, however slow the rest is. */
  readonly stallTimeoutMs: number;
  /** Waits before each new attempt; one that gets further than all before starts the list again. */
  readonly retryDelaysMs: readonly number[];
  /** What to do when all attempts have failed. */
  readonly hint: string;
  onBytes(received: number, total: number | null): void;
}

interface Download extends TransferOptions {
  readonly file: FileHandle;
  /** Bytes in the file, always: where the next request starts. */
  position: number;
}

/** A failure that another attempt may mend. */
class Dropped extends Error {}

/**
 * Fetches `url` into `partial`. Throws `DOWNLOAD_FAILED` when the attempts are used up or the server refuses,
 * `OUTPUT_NOT_WRITABLE` when the disk does, and the signal's reason when aborted.
 */
export async function transfer(options: TransferOptions): Promise<void> {
  if (!URL.canParse(options.url)) throw failed(options, "is not a URL");
  const { partial } = options;
  const file = await onDisk(partial, () => open(partial, constants.O_RDWR | constants.O_CREAT));
  try {
    const download: Download = { ...options, file, position: (await file.stat()).size };
    await attemptRepeatedly(download);
    await onDisk(partial, () => file.sync());
  } catch (error) {
    // There is nothing to go on from in an empty file.
    if ((await file.stat()).size === 0) await rm(partial, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function attemptRepeatedly(download: Download): Promise<void> {
  let furthest = download.position;
  let failures = 0;
  for (;;) {
    try {
      return await attempt(download);
    } catch (error) {
      download.signal.throwIfAborted();
      if (!(error instanceof Dropped)) throw error;
      if (download.position > furthest) {
        furthest = download.position;
        failures = 0;
      }
      const delay = download.retryDelaysMs[failures++];
      if (delay === undefined) throw failed(download, error.message, error.cause);
      await sleep(delay, undefined, { signal: download.signal }).catch(() => download.signal.throwIfAborted());
    }
  }
}

/** One request, or two if the server can't go on from `position`. */
async function attempt(download: Download): Promise<void> {
  const stall = new AbortController();
  const silent = () => stall.abort(new Dropped(`sent nothing for ${download.stallTimeoutMs / 1000} s`));
  const timer = setTimeout(silent, download.stallTimeoutMs);
  try {
    const signal = AbortSignal.any([download.signal, stall.signal]);
    // A compressed archive must not be compressed, and then expanded by fetch, a second time.
    const headers: Record<string, string> = { "accept-encoding": "identity" };
    if (download.position > 0) headers.range = `bytes=${download.position}-`;
    const response = await download.fetch(download.url, { headers, signal });
    const total = await agree(download, response);
    if (total === "complete") return;
    if (total === "restart") {
      await response.body?.cancel();
      clearTimeout(timer);
      await rewind(download);
      return await attempt(download);
    }
    await receive(download, response, total, timer);
  } catch (error) {
    if (error instanceof Dropped || error instanceof TrainscopeError) throw error;
    if (stall.signal.reason instanceof Dropped) throw stall.signal.reason;
    throw new Dropped(reasonOf(error), { cause: error });
  } finally {
    clearTimeout(timer);
    // Closes the connection if the body hasn't been read to its end.
    stall.abort();
  }
}

/** The file's size if the answer's body belongs at `position`, which a 200 sets to the start. */
async function agree(download: Download, response: Response): Promise<number | null | "complete" | "restart"> {
  const asked = download.position;
  const range = parseContentRange(response.headers.get("content-range"));
  const encoding = response.headers.get("content-encoding") ?? "identity";
  if (response.ok && encoding !== "identity")
    throw failed(download, `answered with content-encoding ${encoding}`);
  if (response.status === 206 && asked > 0) return range?.start === asked ? (range.size ?? null) : "restart";
  if (response.status === 416 && asked > 0) return range?.size === asked ? "complete" : "restart";
  if (response.status === 200) {
    if (asked > 0) await rewind(download);
    const length = Number(response.headers.get("content-length") ?? Number.NaN);
    return Number.isSafeInteger(length) ? length : null;
  }
  await response.body?.cancel();
  const status = `answered ${response.status} ${response.statusText}`.trim();
  if ([408, 429].includes(response.status) || response.status >= 500) throw new Dropped(status);
  throw failed(download, status);
}

async function rewind(download: Download): Promise<void> {
  await onDisk(download.partial, () => download.file.truncate(0));
  download.position = 0;
}

async function receive(
  download: Download,
  response: Response,
  total: number | null,
  timer: NodeJS.Timeout,
): Promise<void> {
  download.onBytes(download.position, total);
  for await (const chunk of response.body ?? []) {
    await write(download, chunk);
    timer.refresh();
    download.onBytes(download.position, total);
  }
  if (total !== null && download.position < total) {
    throw new Dropped(`ended after ${grouped(download.position)} of ${grouped(total)} bytes`);
  }
}

async function write(download: Download, chunk: Uint8Array): Promise<void> {
  let done = 0;
  while (done < chunk.length) {
    const rest = chunk.subarray(done);
    const { bytesWritten } = await onDisk(download.partial, () =>
      download.file.write(rest, 0, rest.length, download.position),
    );
    done += bytesWritten;
    download.position += bytesWritten;
  }
}

function failed(options: TransferOptions, what: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("DOWNLOAD_FAILED", `${options.url}: ${what}`, { hint: options.hint, cause });
}

/** fetch says "fetch failed" or "terminated"; why is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause === undefined) return messageOf(error);
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return `${messageOf(error)}: ${messageOf(cause)}${code}`;
}
