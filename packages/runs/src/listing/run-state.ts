// What became of a run: how it ended or, where its log has no end, what is to be seen of its process.
import type { LastKnownState } from "../sessions/session.ts";

/**
 * How the run ended, as its log says. Where it says nothing: "running", "died" and "silent" are what is to be seen of
 * its process (see session.ts), "left" is a run that was left at once or whose end could not be logged, and "no-end"
 * one whose process nothing is known of.
 */
export const RUN_STATES = [
  "completed",
  "stopped",
  "early-stop",
  "diverged",
  "failed",
  "ended",
  "running",
  "silent",
  "died",
  "left",
  "no-end",
] as const;

/** One of `RUN_STATES`. */
export type RunState = (typeof RUN_STATES)[number];

const OF_PROCESS: Readonly<Record<LastKnownState, RunState>> = {
  alive: "running",
  silent: "silent",
  died: "died",
  ended: "left",
  unknown: "no-end",
};

/** Of a run whose log has no end. */
export function stateOfProcess(processState: LastKnownState): RunState {
  return OF_PROCESS[processState];
}

const WORDS: Readonly<Partial<Record<string, string>>> = {
  "early-stop": "stopped early",
  silent: "gives no sign",
  left: "left early",
  "no-end": "no end known",
};

/** A log of another program may give a reason of its own. */
export function stateInWords(state: RunState): string {
  return WORDS[state] ?? String(state);
}
