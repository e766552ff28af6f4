// Settings that are worth a word only where they differ from the default, in the words of the command line.
import { describeInitialisation } from "../model/initialisation.ts";
import { DEFAULT_SETTINGS, type TrainSettings } from "./settings.ts";

/**
 * Initialisation, noise, and what ends a run early or chooses its parameters: name and value of each that differs from
 * the default, e.g. `["init", "xavier"]`.
 */
export function changedSettings(settings: Partial<TrainSettings>): readonly (readonly [string, string])[] {
  const { initialisation, noise, patience, keep, monitor } = { ...DEFAULT_SETTINGS, ...settings };
  const isMonitored = patience > 0 || keep === "best";
  const entries: readonly (readonly [name: string, value: string, plain: string])[] = [
    ["init", describeInitialisation(initialisation), describeInitialisation(DEFAULT_SETTINGS.initialisation)],
    ["noise", String(noise), String(DEFAULT_SETTINGS.noise)],
    ["patience", String(patience), String(DEFAULT_SETTINGS.patience)],
    ["keep", keep, DEFAULT_SETTINGS.keep],
    ["monitor", isMonitored ? monitor : DEFAULT_SETTINGS.monitor, DEFAULT_SETTINGS.monitor],
  ];
  return entries.filter(([, value, plain]) => value !== plain).map(([name, value]) => [name, value]);
}
