// Errors that a plugin lets loose in a timer or a promise nobody waits for. Node would end the process and the run
// with it; here they are kept, told at the end, and training goes on. For as long as the process lives: a plugin's
// timers may outlast the run.
import { messageOf } from "@trainscope/core";

const KEPT = 10;

/** Gives a function that tells what there was so far, one line each. */
export function watchStrayErrors(): () => readonly string[] {
  const counts = new Map<string, number>();
  let others = 0;
  function keep(thrown: unknown): void {
    const message = messageOf(thrown);
    if (counts.has(message) || counts.size < KEPT) counts.set(message, (counts.get(message) ?? 0) + 1);
    else others++;
  }
  process.on("uncaughtException", keep);
  process.on("unhandledRejection", keep);
  return () => {
    const lines = [...counts].map(([message, count]) => {
      const times = count > 1 ? ` (${count} times)` : "";
      return `an error outside of every hook${times}: ${message}`;
    });
    return others > 0 ? [...lines, `${others} more errors outside of every hook`] : lines;
  };
}
