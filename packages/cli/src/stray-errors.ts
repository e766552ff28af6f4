// Errors that come outside of everything that would catch them. One that a plugin lets loose, in a timer or a promise nobody
// waits for, is told at the end, and training goes on; of any other it isn't known what it has left undone, so whoever
// watches is to save and end. For as long as the process lives: a plugin's timers may outlast the run.
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "@trainscope/core/errors";

export type ErrorOrigin = "plugin" | "own" | "unknown";

/** Where the packages of trainscope lie, in their sources as where they are installed. */
const PACKAGES = resolve(import.meta.dirname, "../..") + sep;
const OWN_FOLDERS = ownFolders(PACKAGES);

/** Among the folders in `packages`, those of trainscope: all in its repository, two among what else is installed. */
export function ownFolders(packages: string): readonly string[] {
  if (!packages.endsWith(`${sep}node_modules${sep}`)) return [packages];
  return ["trainscope", "@trainscope"].map((name) => packages + name + sep);
}

/**
 * By the files in the error's stack. One of a user's makes it a plugin's, though it may have come through trainscope; else
 * one of trainscope's makes it our own. Other packages and Node.js itself tell nothing.
 */
export function originOf(thrown: unknown): ErrorOrigin {
  const files = filesIn(thrown);
  const isOwn = (file: string): boolean =>
    OWN_FOLDERS.some((folder) => file.startsWith(folder)) && !file.includes(`${sep}examples${sep}`);
  const isPackage = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);
  if (files.some((file) => !isOwn(file) && !isPackage(file))) return "plugin";
  return files.some(isOwn) ? "own" : "unknown";
}

function framesOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error) || typeof thrown.stack !== "string") return [];
  return thrown.stack.split("\n").filter((line) => /^\s+at /.test(line));
}

function filesIn(thrown: unknown): readonly string[] {
  return framesOf(thrown).flatMap((line) => {
    const [, url, path] =
      /(file:\/\/[^\s)]+?):\d+:\d+|(?:^|[\s(])(\/[^\s)]+?|[A-Za-z]:\\[^\s)]+?):\d+:\d+/.exec(line) ?? [];
    return url === undefined ? (path ?? []) : fileURLToPath(url);
  });
}

export interface StrayErrors {
  /** What plugins let loose so far: a line each, and below it the frames of its stack. */
  collected(): readonly (readonly [line: string, ...frames: string[]])[];
  /** The first that was no plugin's, as a line. */
  fault(): string | undefined;
}

const KEPT = 10;

let handle: ((thrown: unknown) => void) | undefined;

/** `onFault` hears of the first error that is no plugin's, as a line; whoever watched before hears no more. */
export function watchStrayErrors(onFault: (line: string) => void): StrayErrors {
  const kept = new Map<string, { count: number; readonly frames: readonly string[] }>();
  let others = 0;
  let fault: string | undefined;

  function keep(thrown: unknown): void {
    const message = messageOf(thrown);
    const known = kept.get(message);
    if (known !== undefined) known.count++;
    else if (kept.size < KEPT) kept.set(message, { count: 1, frames: framesOf(thrown) });
    else others++;
  }

  if (handle === undefined) {
    process.on("uncaughtException", (thrown) => handle?.(thrown));
    process.on("unhandledRejection", (thrown) => handle?.(thrown));
  }
  handle = (thrown) => {
    const origin = originOf(thrown);
    if (origin === "plugin") return keep(thrown);
    // What tells of the first may be what throws the next.
    if (fault !== undefined) return;
    const whose = origin === "own" ? "a fault of trainscope" : "an error of unknown origin";
    const line = `${whose}: ${messageOf(thrown)}${placeOf(thrown)}`;
    fault = line;
    onFault(line);
  };
  return {
    collected() {
      const lines = [...kept].map(([message, { count, frames }]): [string, ...string[]] => {
        const times = count > 1 ? ` (${count} times)` : "";
        return [`an error outside of every hook${times}: ${message}`, ...frames];
      });
      return others > 0 ? [...lines, [`${others} more errors outside of every hook`]] : lines;
    },
    fault: () => fault,
  };
}

/** The file that threw, for who reports it. */
function placeOf(thrown: unknown): string {
  const [file] = filesIn(thrown);
  return file === undefined
    ? ""
    : ` (in ${file.startsWith(PACKAGES) ? file.slice(dirname(PACKAGES).length + 1) : file})`;
}
