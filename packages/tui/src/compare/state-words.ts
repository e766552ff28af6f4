import type { ComparedState } from "./compared-run.ts";

const WORDS: Readonly<Partial<Record<string, string>>> = {
  completed: "completed",
  stopped: "stopped",
  "early-stop": "stopped early",
  diverged: "diverged",
  failed: "failed",
  training: "training",
  silent: "no sign of life",
  died: "died",
  "no end": "no end",
};

/** How a run ended, or goes on; a log of another program may give a reason of its own. */
export function stateInWords(state: ComparedState): string {
  return WORDS[state] ?? String(state);
}
