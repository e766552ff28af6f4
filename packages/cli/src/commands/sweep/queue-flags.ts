// What the flags of a queue and of its workers may be.
import { TrainscopeError } from "@trainscope/core/errors";

export const WORKER_REPORTERS = ["lines", "json"] as const;
export type WorkerReporter = (typeof WORKER_REPORTERS)[number];

export const USUAL_PREFIX = "trainscope";

/** For commander. Throws `BAD_OPTION`. */
export function queuePrefix(text: string): string {
  if (/^[\w.-]{1,100}$/.test(text)) return text;
  throw new TrainscopeError(
    "BAD_OPTION",
    `--prefix is ${JSON.stringify(text)}; expected letters, digits, "-", "_" and "."`,
  );
}
