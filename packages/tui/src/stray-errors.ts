// Errors that a plugin let loose in a timer or a promise nobody waits for. Node would end the process and the run
// with it; here they are kept, told at the end, and training goes on.
import { messageOf } from "@trainscope/core";

export interface StrayErrors {
  readonly messages: readonly string[];
  close(): void;
}

export function watchStrayErrors(): StrayErrors {
  const messages: string[] = [];
  function keep(thrown: unknown): void {
    messages.push(`an error outside of every hook: ${messageOf(thrown)}`);
  }
  process.on("uncaughtException", keep);
  process.on("unhandledRejection", keep);
  return {
    messages,
    close() {
      process.off("uncaughtException", keep);
      process.off("unhandledRejection", keep);
    },
  };
}
