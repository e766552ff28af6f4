// The terminal's keys where stdin is a pipe.
import { existsSync, openSync } from "node:fs";
import { PassThrough } from "node:stream";
import { ReadStream } from "node:tty";
import { TrainscopeError } from "@trainscope/core/errors";
import { reassertRawMode } from "@trainscope/tui/terminal";

const TERMINAL = "/dev/tty";
/** Milliseconds from what a program prints last to its end, as a rule. */
const ENDING_MS = 500;

/** `undefined` where the process has no terminal. */
export function openTerminal(): ReadStream | undefined {
  if (!existsSync(TERMINAL)) return undefined;
  try {
    return new ReadStream(openSync(TERMINAL, "r"));
  } catch {
    return undefined;
  }
}

/** Never says anything. */
export function noKeys(): NodeJS.ReadStream {
  return new PassThrough() as unknown as NodeJS.ReadStream;
}

/** The programs before the pipe have ended, or will in a moment, and may leave the terminal in another mode. */
export function keepRaw(keys: NodeJS.ReadStream): void {
  for (const delay of [0, ENDING_MS]) setTimeout(() => reassertRawMode(keys), delay).unref();
}

/** Throws `BAD_OPTION` where stdin is to be watched and is the keyboard. */
export function refuseTypedInput(): void {
  if (!process.stdin.isTTY) return;
  throw new TrainscopeError("BAD_OPTION", "nothing is piped in", {
    hint: "Use it as in: python train.py | trainscope watch -",
  });
}
