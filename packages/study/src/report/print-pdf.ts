// Prints report.html to a PDF by a browser that isn't shown. In print the page shows charts that need no script, so
// nothing has to be waited for.
import { spawn } from "node:child_process";
import { mkdtemp, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { findBrowser } from "./find-browser.ts";

/** What `printPdf` takes. */
export interface PrintOptions {
  /** Path of the page. */
  readonly html: string;
  /** Path of the PDF, which is there whole or not at all. */
  readonly pdf: string;
  readonly signal?: AbortSignal | undefined;
  /** Path of the browser; `findBrowser`'s where it isn't given. */
  readonly browser?: string | undefined;
  /** 60 s where it isn't given. */
  readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 60_000;

/** Of what the browser said, so many characters are told. */
const MOST_OUTPUT = 300;

/**
 * Throws `NOT_SUPPORTED` where there is no browser, and where it fails or takes too long; the signal's reason where
 * that is aborted. The browser and its temporary files are gone afterwards in any case.
 */
export async function printPdf(options: PrintOptions): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  const browser = options.browser ?? (await findBrowser());
  const [html, pdf] = [resolve(options.html), resolve(options.pdf)];
  const unfinished = `${pdf}.${process.pid}.part`;
  const profile = await mkdtemp(join(tmpdir(), "trainscope-print-"));
  try {
    await run(browser, flags(html, unfinished, profile), options);
    if (!(await isWhole(unfinished))) throw failed(browser, "it wrote no file");
    await rename(unfinished, pdf);
  } finally {
    await rm(unfinished, { force: true });
    // A browser that was ended may still be writing its profile.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function flags(html: string, pdf: string, profile: string): string[] {
  // A browser of root has no sandbox to start in; the page is one's own, and its policy lets nothing out.
  const isRoot = process.getuid?.() === 0;
  return [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    ...(isRoot ? ["--no-sandbox"] : []),
    "--disable-dev-shm-usage",
    `--user-data-dir=${profile}`,
    "--no-pdf-header-footer",
    `--print-to-pdf=${pdf}`,
    pathToFileURL(html).href,
  ];
}

function run(browser: string, args: readonly string[], options: PrintOptions): Promise<void> {
  const { signal, timeoutMs = TIMEOUT_MS } = options;
  return new Promise((done, reject) => {
    // A group of its own where there are groups, so that its helpers end with it.
    const detached = process.platform !== "win32";
    const child = spawn(browser, args, { stdio: ["ignore", "ignore", "pipe"], detached });
    let output = "";
    let reason: unknown;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-4 * MOST_OUTPUT);
    });
    const end = (why: unknown): void => {
      reason ??= why;
      try {
        if (detached && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => end(failed(browser, `it took more than ${timeoutMs / 1000} s`)), timeoutMs);
    const abort = (): void => end(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    // It may have been aborted while the folder for the profile was made.
    if (signal?.aborted) abort();
    const finish = (error: unknown): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      if (error === undefined) done();
      else reject(error);
    };
    child.once("error", (cause) => finish(reason ?? failed(browser, messageOf(cause), cause)));
    child.once("close", (status, signalName) => {
      if (reason !== undefined || status === 0) return finish(reason);
      finish(
        failed(browser, `it ended with ${status === null ? signalName : `status ${status}`}${saying(output)}`),
      );
    });
  });
}

function saying(output: string): string {
  const text = output.trim().replace(/\s+/g, " ").slice(-MOST_OUTPUT);
  return text === "" ? "" : `, saying "${text}"`;
}

function failed(browser: string, why: string, cause?: unknown): TrainscopeError {
  return new TrainscopeError("NOT_SUPPORTED", `${browser} did not print the report as PDF: ${why}`, {
    hint: "Print report.html from a browser, or let CHROME_PATH name another Chromium.",
    ...(cause === undefined ? {} : { cause }),
  });
}

async function isWhole(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0;
  } catch {
    return false;
  }
}
