// The settings a run started with, in the words of the command line.
import {
  DEFAULT_SETTINGS,
  describeInitialisation,
  describeSchedule,
  type TrainSettings,
} from "@trainscope/core/settings";

/** In the order they are shown; what isn't known of a run is left out. */
type SettingWords = readonly (readonly [name: string, value: string])[];

/** The names that there are. */
export const SETTING_NAMES: readonly string[] = settingWords(DEFAULT_SETTINGS).map(([name]) => name);

/** The settings as the flags of the command name them, each with its value as text. */
export function settingWords(settings: Partial<TrainSettings>): SettingWords {
  const { loss, lambda, learningRate, batchSize, epochs, seed, flip, schedule } = settings;
  const { initialisation, noise, patience, keep, monitor } = settings;
  const words = [
    ["loss", loss],
    ["lambda", lambda],
    ["eta", learningRate],
    ["batch", batchSize],
    ["epochs", epochs],
    ["seed", seed],
    ["flip", flip],
    ["schedule", schedule && describeSchedule(schedule)],
    ["init", initialisation && describeInitialisation(initialisation)],
    ["noise", noise],
    ["patience", patience],
    ["keep", keep],
    ["monitor", monitor],
  ] as const;
  return words.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
}

const USUAL = new Map(settingWords(DEFAULT_SETTINGS));

/** What differs from the defaults, but for the epochs; "eta 0.01, seed 3". */
export function differingSettings(settings: Partial<TrainSettings>): string {
  const { patience = 0, keep } = settings;
  const isMonitored = patience > 0 || keep === "best";
  return settingWords(settings)
    .filter(
      ([name, value]) => value !== USUAL.get(name) && name !== "epochs" && (name !== "monitor" || isMonitored),
    )
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
