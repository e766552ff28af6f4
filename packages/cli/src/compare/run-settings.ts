// The settings of a run by the names of the command line, each as a text that tells its live changes too, so that runs
// can be held side by side.

import type { ControlEvent, RunStartEvent } from "@trainscope/core/events";
import {
  describeInitialisation,
  describeSchedule,
  isLiveSetting,
  type TrainSettings,
} from "@trainscope/core/settings";
import { visible } from "@trainscope/core/text";
import { formatSetting } from "@trainscope/tui/text";
import type { LoggedRun } from "./logged-run.ts";

/** By name, in the order to show them; what isn't known of a run is not there. */
export type SettingTexts = ReadonlyMap<string, string>;

/** The flags' names of settings that `run:start` calls otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  learningRate: "eta",
  batchSize: "batch",
  initialisation: "init",
};

/** Known names in the order that a reader wants them; any others come after. */
const ORDER = [
  "data",
  "images",
  "loss",
  "lambda",
  "eta",
  "schedule",
  "batch",
  "epochs",
  "seed",
  "flip",
  "noise",
];

const LATER = ["init", "patience", "keep", "monitor", "engine", "precision"];

type Control = Pick<ControlEvent, "action" | "to" | "epoch" | "batch">;

/** What run.json says of it. */
export interface Recorded {
  readonly settings: TrainSettings;
  readonly data: { readonly name: string };
}

type Beginning = Pick<RunStartEvent, "config" | "data" | "environment">;

/**
 * `{"eta" => "0.001, 0.0005 from epoch 12", ...}`, as the log tells, or else what was recorded; empty where neither is
 * there.
 */
export function settingTexts(
  { start: logged, changes: controls }: Pick<LoggedRun, "start" | "changes">,
  record: Recorded | undefined,
): SettingTexts {
  const start: Beginning = logged ?? { config: record?.settings ?? {} };
  const texts = new Map<string, string>();
  const set = (name: string, value: unknown): void => {
    if (value !== undefined && value !== null) texts.set(name, textOf(name, value));
  };
  for (const [key, value] of Object.entries(start.config)) {
    set(NAMES[key] ?? key, value);
    const changes = isLiveSetting(key) ? changesOf(key, controls, batchesOf(start)) : [];
    if (changes.length > 0) {
      const first = texts.get(NAMES[key] ?? key);
      texts.set(NAMES[key] ?? key, [...(first === undefined ? [] : [first]), ...changes].join(", "));
    }
  }
  set("data", start.data?.name ?? record?.data.name);
  set("images", start.data?.train);
  set("engine", start.environment?.engine);
  set("precision", start.environment?.precision);
  return new Map([...texts].toSorted(([one], [other]) => rank(one) - rank(other)));
}

function rank(name: string): number {
  const early = ORDER.indexOf(name);
  if (early >= 0) return early;
  const late = LATER.indexOf(name);
  return late >= 0 ? 1000 + late : 500;
}

/** Batches of a whole epoch, where the run says; a change after the last of them counts from the next epoch on. */
function batchesOf({ data, config }: Beginning): number {
  const batches = Math.ceil((data?.train ?? Number.NaN) / (config.batchSize ?? Number.NaN));
  return Number.isNaN(batches) ? Number.POSITIVE_INFINITY : batches;
}

function changesOf(setting: string, controls: readonly Control[], batches: number): readonly string[] {
  return controls
    .filter(({ action, to }) => action === setting && to !== null)
    .map(({ to, epoch, batch }) => `${textOf(setting, to)} ${placeOf(epoch, batch, batches)}`);
}

function placeOf(epoch: number, batch: number, batches: number): string {
  if (batch === 0) return `from epoch ${epoch}`;
  return batch >= batches ? `from epoch ${epoch + 1}` : `from epoch ${epoch}, batch ${batch + 1}`;
}

/** A log of another program, or one that was written by hand, may hold anything. */
function textOf(name: string, value: unknown): string {
  try {
    if (name === "schedule")
      return visible(describeSchedule(value as Parameters<typeof describeSchedule>[0]) ?? "?");
    if (name === "init")
      return visible(describeInitialisation(value as Parameters<typeof describeInitialisation>[0]));
  } catch {
    // Falls through to what can be said of any value.
  }
  if (typeof value === "number") return formatSetting(value);
  return visible(typeof value === "string" ? value : JSON.stringify(value));
}
