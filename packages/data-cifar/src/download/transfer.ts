// One file over HTTP into a partial file that later attempts, and later runs, go on from.
import { constants } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { grouped } from "../format.ts";
import { parseContentRange } from "./content-range.ts";
import { onDisk } from "./storage.ts";
import { isWebPage } from "./web-page.ts";

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
  /** How to get it without this program: a clause, without its full stop. */
  readonly byHand: string;
  onBytes(received: number, total: number | null): void;
}

interface Download extends TransferOptions {
  readonly file: FileHandle;
  /** Bytes in the file, always: where the next request starts. */
  position: number;
  /** Of the whole file, as the server said last. */
  total: number | null;
}

/** A failure that another attempt may mend. */
class Dropped extends Error {}

/**
 * Fetches `url` into `partial`. Throws `DOWNLOAD_FAILED` when the attempts are used up or the server refuses,
 * `OUTPUT_NOT_WRITABLE` when the disk does, and the signal's reason when aborted.
 */
export async function transfer(options: TransferOptions): Promise<void> {
  if (!URL.canParse(options.url)) throw failed(options, "is not a URL", "Name a complete one, with https://.");
  const { partial } = options;
  const file = await onDisk(partial, () => open(partial, constants.O_RDWR | constants.O_CREAT));
  try {
    const download: Download = { ...options, file, position: (await file.stat()).size, total: null };
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
      if (delay === undefined) {
        const message = `${error.message}; ${soFar(download)}`;
        throw failed(download, message, `Try again to resume; or ${download.byHand}.`, error.cause);
      }
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
    const start = await agree(download, response);
    if (start === "complete") return;
    if (start === "restart") {
      await response.body?.cancel();
      clearTimeout(timer);
      await rewind(download);
      return await attempt(download);
    }
    await receive(download, response, start, timer);
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

/** Where in the file the answer's body belongs. Notes the size of the whole. */
async function agree(download: Download, response: Response): Promise<number | "complete" | "restart"> {
  const asked = download.position;
  const range = parseContentRange(response.headers.get("content-range"));
  const encoding = response.headers.get("content-encoding") ?? "identity";
  if (response.ok && encoding !== "identity") {
    throw failed(download, `answered with content-encoding ${encoding}`, `${capital(download.byHand)}.`);
  }
  if (response.status === 206 && asked > 0) {
    download.total = range?.size ?? null;
    return range?.start === asked ? asked : "restart";
  }
  if (response.status === 416 && asked > 0) return range?.size === asked ? "complete" : "restart";
  if (response.status === 200) {
    const length = Number(response.headers.get("content-length") ?? Number.NaN);
    download.total = Number.isSafeInteger(length) ? length : null;
    return 0;
  }
  await response.body?.cancel();
  const status = `answered ${response.status} ${response.statusText}`.trim();
  if ([408, 429].includes(response.status) || response.status >= 500) throw new Dropped(status);
  const isGone = response.status === 404 || response.status === 410;
  const what = isGone ? "There is no file at this address" : "The server refuses this address";
  throw failed(download, status, `${what}: name another; or ${download.byHand}.`);
}

async function rewind(download: Download): Promise<void> {
  await onDisk(download.partial, () => download.file.truncate(0));
  download.position = 0;
}

async function receive(
  download: Download,
  response: Response,
  start: number,
  timer: NodeJS.Timeout,
): Promise<void> {
  const { onBytes, total } = download;
  let isFirst = true;
  onBytes(start, total);
  for await (const chunk of response.body ?? []) {
    if (isFirst && start === 0) await beginAnew(download, response, chunk);
    isFirst = false;
    await write(download, chunk);
    timer.refresh();
    onBytes(download.position, total);
  }
  if (isFirst && start < download.position) await rewind(download);
  if (total !== null && download.position < total) throw new Dropped("ended too early");
}

/** What had come before is let go of only for what can be the archive. */
async function beginAnew(download: Download, response: Response, chunk: Uint8Array): Promise<void> {
  if (isWebPage(response.headers.get("content-type"), chunk)) {
    throw failed(
      download,
      "a web page came instead of the archive: a login page, or a proxy's, perhaps",
      `Open the address in a browser to see what it says; or ${download.byHand}.`,
    );
  }
  if (download.position > 0) await rewind(download);
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

function failed(options: TransferOptions, what: string, hint: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("DOWNLOAD_FAILED", `${options.url}: ${what}`, { hint, cause });
}

function soFar({ position, total }: Download): string {
  const of = total === null ? "" : ` of ${grouped(total)}`;
  return `${grouped(position)}${of} bytes have come`;
}

function capital(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}

/** fetch says "fetch failed" or "terminated"; why is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause === undefined) return messageOf(error);
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return `${messageOf(error)}: ${messageOf(cause)}${code}`;
}
