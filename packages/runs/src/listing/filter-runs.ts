// Which runs of a list are wanted.
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { SETTING_NAMES, settingWords } from "../record/setting-words.ts";
import type { RunState } from "./run-state.ts";
import type { RunSummary } from "./run-summary.ts";

/** What isn't named leaves out nothing. */
export interface RunFilter {
  /** Any of these. */
  readonly states: readonly RunState[];
  /** All of these. */
  readonly tags: readonly string[];
  /** A part of the data's name, in large or small letters. */
  readonly data: string | undefined;
  /** All of these, by the names of the command line. */
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/** Whether a run is one that the filter asks for. */
export function fits(run: RunSummary, filter: RunFilter): boolean {
  requireArgument("fits", "run", run, "an object");
  requireArgument("fits", "filter", filter, "an object");
  const { states, tags, data, settings } = filter;
  const known = new Map(settingWords(run.settings ?? {}));
  return (
    (states.length === 0 || states.includes(run.state)) &&
    tags.every((tag) => run.tags.includes(tag)) &&
    (data === undefined || (run.data ?? "").toLowerCase().includes(data.toLowerCase())) &&
    settings.every(([name, value]) => isSame(known.get(name), value))
  );
}

/** Numbers are compared as numbers: `1e-3` is `0.001`. */
function isSame(known: string | undefined, value: string): boolean {
  if (known === undefined) return false;
  return known === value || (value.trim() !== "" && Number(known) === Number(value));
}

/** From `lambda=0.1`. Throws `BAD_OPTION` where it is none, or there is no such setting. */
export function parseSettingFilter(text: string): readonly [name: string, value: string] {
  const [, name = "", value = ""] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (SETTING_NAMES.includes(name)) return [name, value];
  throw new TrainscopeError("BAD_OPTION", `--setting ${text}: expected NAME=VALUE, like lambda=0.1`, {
    hint: `The settings are ${SETTING_NAMES.join(", ")}.`,
  });
}
