// The one error class for what a user can put right. Bugs stay ordinary errors.
import { describeValue } from "./text/describe-value.ts";

export { stackOf, thrownAt } from "./thrown-at.ts";

/**
 * What kind of input was wrong; the command turns each into exit status 2. `ENGINE_FAILED`, `RUN_FAILED` and
 * `TRIAL_FAILED` are no input: they end a run, or a study, as failed. Neither are `QUEUE_FAILED`, whose network or server failed,
 * and `TRIAL_LOST`, whose workers did.
 */
export type ErrorCode =
  | "BAD_OPTION"
  | "BAD_CONFIG"
  | "BAD_PLUGIN"
  | "BAD_DATA"
  | "DATA_NOT_FOUND"
  | "OUTPUT_NOT_WRITABLE"
  | "DOWNLOAD_FAILED"
  | "CHECKSUM_MISMATCH"
  | "NOT_SUPPORTED"
  | "ENGINE_FAILED"
  | "RUN_FAILED"
  | "TRIAL_FAILED"
  | "TRIAL_LOST"
  | "QUEUE_FAILED";

/** What a `TrainscopeError` may carry beside its message. */
export interface ErrorDetails {
  /** What to do about it: one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** `message` says what, where, found and expected; `hint` says what to do. */
export class TrainscopeError extends Error {
  override readonly name = "TrainscopeError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}

/** Also true of an error that another copy of this package has thrown. */
export function isTrainscopeError(thrown: unknown): thrown is TrainscopeError {
  return thrown instanceof Error && thrown.name === "TrainscopeError" && "code" in thrown;
}

/** Something thrown, as one line of text, whatever was thrown. Never throws itself. */
export function messageOf(thrown: unknown): string {
  try {
    const text: unknown = thrown instanceof Error ? thrown.message || thrown.name : thrown;
    return String(text).split("\n", 1)[0] ?? "";
  } catch {
    // An object without a prototype, a getter that throws, a revoked proxy.
    return "what was thrown has no text";
  }
}

const KINDS = {
  "a text": (value: unknown) => typeof value === "string",
  "a whole number": Number.isSafeInteger,
  "a list": Array.isArray,
  numbers: (value: unknown) => Array.isArray(value) || ArrayBuffer.isView(value),
  // By its name, as an array of another realm is one, too.
  bytes: (value: unknown) => Object.prototype.toString.call(value) === "[object Uint8Array]",
  "an object": (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value),
} satisfies Record<string, (value: unknown) => boolean>;

/** What an argument may be asked to be. */
export type ArgumentKind = keyof typeof KINDS;

/** Throws `BAD_OPTION` where a program has called the function `whose` with an argument of another kind. */
export function requireArgument(whose: string, name: string, value: unknown, kind: ArgumentKind): void {
  if (KINDS[kind](value)) return;
  throw new TrainscopeError("BAD_OPTION", `${whose}(): ${name} is ${describeValue(value)}; expected ${kind}`);
}
