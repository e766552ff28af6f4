// What a source says of its settings, as the settings of a run.
import type { RunStartEvent } from "@trainscope/core/events";
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";

export type SourceSettings = Readonly<Record<string, string | number | boolean | null>>;

/** By the names that the screen has for them, where they are usual ones. */
const USUAL_SETTINGS: ReadonlyMap<string, "learningRate" | "batchSize" | "seed"> = new Map([
  ...["lr", "learning_rate", "learningrate", "eta"].map((name) => [name, "learningRate"] as const),
  ...["batch_size", "batchsize", "bsz"].map((name) => [name, "batchSize"] as const),
  ["seed", "seed"] as const,
]);

/** As `run:start` has them. */
export function configOf(settings: SourceSettings): RunStartEvent["config"] {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      const usual = typeof value === "number" ? USUAL_SETTINGS.get(name.toLowerCase()) : undefined;
      // Under a name that means something else here, it has a longer one.
      const own = Object.hasOwn(DEFAULT_SETTINGS, name) ? `${name} setting` : name;
      return value === null ? [] : [[usual ?? own, value]];
    }),
  );
}

export function settingsText(settings: SourceSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
