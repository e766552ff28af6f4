// Which runs a typed text is about.

import { stateInWords } from "@trainscope/runs";
import type { PlacedRun } from "../comparison.ts";

/**
 * Whether each word of the filter is in the run's name, id, state, data or one of its tags, or is `setting=value` with a
 * value that the setting has or had. Case doesn't count.
 */
export function matches(run: PlacedRun, filter: string): boolean {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => word === "" || hasSetting(run, word) || isSaid(run, word));
}

function hasSetting({ settings }: PlacedRun, word: string): boolean {
  const at = word.indexOf("=");
  if (at <= 0) return false;
  const [wanted, value] = [word.slice(0, at), word.slice(at + 1)];
  for (const [name, text] of settings) {
    // "0.001, 0.0005 from epoch 12" is both.
    const values = text.toLowerCase().split(/, | from /);
    if (name.toLowerCase() === wanted && (value === "" || values.includes(value))) return true;
  }
  return false;
}

function isSaid({ name, runId, tags, state, settings }: PlacedRun, word: string): boolean {
  const texts = [name, runId, stateInWords(state), settings.get("data") ?? "", ...tags];
  return texts.some((text) => text.toLowerCase().includes(word));
}
