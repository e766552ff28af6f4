// What sets a run apart from the others in few words: of the settings that differ, those that most runs don't share.
import type { Comparison, PlacedRun } from "./comparison.ts";

/** By name, what more than half of the runs have; a setting with no such value is not there. */
export type UsualSettings = ReadonlyMap<string, string>;

export function usualSettings({ runs, differing }: Comparison): UsualSettings {
  const usual = new Map<string, string>();
  for (const name of differing) {
    const counts = new Map<string, number>();
    for (const { settings } of runs) {
      const value = settings.get(name);
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (const [value, count] of counts) if (2 * count > runs.length) usual.set(name, value);
  }
  return usual;
}

/** `eta 0.01, batch 20`; empty where it has nothing but the usual. */
export function unusualOf({ settings }: PlacedRun, { differing }: Comparison, usual: UsualSettings): string {
  return differing
    .filter((name) => settings.get(name) !== usual.get(name))
    .map((name) => `${name} ${settings.get(name) ?? "-"}`)
    .join(", ");
}
