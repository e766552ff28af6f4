// stdout may go away: a reader that stops reading, or a disk that is full.
import { messageOf } from "@trainscope/core/errors";
import { tell } from "@trainscope/tui/output";
import { ExitStatus } from "../exit-status.ts";

type Handler = (error: NodeJS.ErrnoException) => void;

let handler: Handler = leave;

/** Without a handler of its own, a command that can't print ends at once. */
function leave(error: NodeJS.ErrnoException): void {
  process.exit(describeLostOutput(error));
}

/** Says what happened, where that is news to anyone; gives the exit status. */
export function describeLostOutput(error: NodeJS.ErrnoException): ExitStatus {
  // `trainscope ... | head` is not worth a word.
  if (error.code === "EPIPE") return ExitStatus.interrupted;
  tell(`can't write to stdout: ${messageOf(error)}`);
  return ExitStatus.failed;
}

/** To be called once, before anything is printed. */
export function watchOutput(): void {
  process.stdout.on("error", (error) => handler(error));
  // There is nobody left to tell.
  process.stderr.on("error", () => {});
}

/** Calls back in place of ending at once, so that a run can be brought to an end. */
export function onLostOutput(callback: Handler): void {
  handler = callback;
}
