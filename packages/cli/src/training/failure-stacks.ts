// Under --verbose: the stack of each failure of a plugin.
import type { ShownEvent } from "@trainscope/core/source";
import type { Reporter } from "@trainscope/tui/choose-reporter";
import { tell } from "@trainscope/tui/output";

export interface FailureStacks {
  take(event: ShownEvent): void;
  /** Keeps the stack of what was thrown outside of a run. */
  add(what: string, stack: string | undefined): void;
  /** To be called when nothing draws on the terminal any more. */
  close(): void;
}

/** Told at once, on the dashboard, which has no room for them, at the end; each once, however often its event is shown. */
export function createFailureStacks(reporter: Reporter, verbose: boolean | undefined): FailureStacks {
  const waiting: [string, ...string[]][] = [];
  const told = new Set<string>();
  function add(what: string, stack: string | undefined): void {
    if (verbose !== true || stack === undefined) return;
    const [first, ...below] = stack.split("\n");
    const lines: [string, ...string[]] = [`${what}: ${first}`, ...below];
    if (reporter === "dashboard") waiting.push(lines);
    else tell(...lines);
  }
  return {
    take(event) {
      if (event.type !== "plugin:error") return;
      const { runId, plugin, hook, failures, stack } = event;
      const which = `${runId} ${plugin} ${failures}`;
      if (told.has(which)) return;
      told.add(which);
      add(`${plugin}, ${hook}`, stack);
    },
    add,
    close() {
      for (const lines of waiting.splice(0)) tell(...lines);
    },
  };
}
