// Under --verbose: the stack of each failure of a plugin.
import type { TrainingEvent } from "@trainscope/core/events";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { tell } from "@trainscope/tui/output";

export interface FailureStacks {
  take(event: TrainingEvent): void;
  /** To be called when nothing draws on the terminal any more. */
  close(): void;
}

/** Told at once, on the dashboard, which has no room for them, at the end. */
export function createFailureStacks(reporter: Reporter): FailureStacks {
  const waiting: [string, ...string[]][] = [];
  return {
    take(event) {
      if (event.type !== "plugin:error" || event.stack === undefined) return;
      const [first = "", ...below] = event.stack.split("\n");
      const lines: [string, ...string[]] = [`${event.plugin}, ${event.hook}: ${first}`, ...below];
      if (reporter === "dashboard") waiting.push(lines);
      else tell(...lines);
    },
    close() {
      for (const lines of waiting.splice(0)) tell(...lines);
    },
  };
}
