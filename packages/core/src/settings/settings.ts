// The settings of a run: plain data, complete, checked once before training starts.

import { requireArgument, TrainscopeError } from "../errors.ts";
import { LOSS_NAMES, type LossName } from "../losses/names.ts";
import { checkInitialisation, type Initialisation } from "../model/initialisation.ts";
import { describeValue } from "../text/describe-value.ts";
import { checkSchedule, type Schedule } from "./schedule.ts";

/** What a run trains with. */
export interface TrainSettings {
  /** Passes over the training split, at least 1. */
  readonly epochs: number;
  /** Images in a batch, at least 1; the last batch of an epoch is smaller where it doesn't divide evenly. */
  readonly batchSize: number;
  /** eta: the step length of gradient descent, above 0. */
  readonly learningRate: number;
  /** lambda: the factor of the L2 term `lambda * sum(W^2)`, at least 0. */
  readonly lambda: number;
  /** Non-negative integer. Same seed, data, engine and processor: the same bits. */
  readonly seed: number;
  readonly loss: LossName;
  /** Probability, 0 to 1, that a training image is mirrored left to right each time it is read. */
  readonly flip: number;
  readonly schedule: Schedule;
  /** How widely W and b are spread before the first update. */
  readonly initialisation: Initialisation;
  /**
   * 0 to 127: each byte of a training image is moved by a whole number from -noise to noise, each equally likely, each
   * time the image is read. What leaves 0 to 255 is not clamped.
   */
  readonly noise: number;
  /** The run ends early once the monitored figure has not been better for so many epochs; 0: never. */
  readonly patience: number;
  /** Which parameters the run ends with: those after the last update, or of the epoch with the best monitored figure. */
  readonly keep: Keep;
  /**
   * The tag (`split/name`) that `patience` and `keep` look at; its metric's direction says what better is. Where lambda
   * changes during the run, a cost is still compared with those from before: the loss is not touched by that.
   */
  readonly monitor: string;
}

/** Whose parameters a run ends with: those of its last epoch, or of its best. */
export const KEEPS = ["last", "best"] as const;

/** One of `KEEPS`. */
export type Keep = (typeof KEEPS)[number];

/** The largest `noise` of the settings, in the unit of bytes. */
export const MOST_NOISE = 127;

/** What a control may change while a run goes on. */
export const LIVE_SETTINGS = ["epochs", "batchSize", "learningRate", "lambda"] as const;

/** One of `LIVE_SETTINGS`. */
export type LiveSetting = (typeof LIVE_SETTINGS)[number];

/** Whether a control may change the setting while a run goes on. */
export function isLiveSetting(name: string): name is LiveSetting {
  return (LIVE_SETTINGS as readonly string[]).includes(name);
}

/** DD2424 Assignment 1's third setting: the best of its four on validation. */
export const DEFAULT_SETTINGS: TrainSettings = {
  epochs: 40,
  batchSize: 100,
  learningRate: 0.001,
  lambda: 0.1,
  seed: 0,
  loss: "softmax",
  flip: 0,
  schedule: { kind: "constant" },
  initialisation: { kind: "normal", deviation: 0.01 },
  noise: 0,
  patience: 0,
  keep: "last",
  monitor: "validation/loss",
};

/** Fills in defaults and checks every field. Throws `BAD_OPTION` naming the first field that is wrong. */
export function resolveSettings(partial: Partial<TrainSettings>): TrainSettings {
  requireArgument("resolveSettings", "the settings", partial, "an object");
  for (const key of Object.keys(partial)) {
    if (!Object.hasOwn(DEFAULT_SETTINGS, key)) {
      throw new TrainscopeError("BAD_OPTION", `unknown setting "${key}"`, {
        hint: `The settings are ${Object.keys(DEFAULT_SETTINGS).join(", ")}.`,
      });
    }
  }
  const settings = { ...DEFAULT_SETTINGS, ...partial };
  for (const name of LIVE_SETTINGS) checkLiveSetting(name, settings[name]);
  requireInteger("seed", settings.seed, 0);
  requireNumber("flip", settings.flip, (value) => value >= 0 && value <= 1, "a probability from 0 to 1");
  if (!LOSS_NAMES.includes(settings.loss)) {
    throw wrong("loss", settings.loss, `one of ${LOSS_NAMES.join(", ")}`);
  }
  checkSchedule(settings.schedule);
  checkInitialisation(settings.initialisation);
  const isNoise = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MOST_NOISE;
  requireNumber("noise", settings.noise, isNoise, `a whole number from 0 to ${MOST_NOISE}`);
  requireInteger("patience", settings.patience, 0);
  if (!KEEPS.includes(settings.keep)) throw wrong("keep", settings.keep, `one of ${KEEPS.join(", ")}`);
  if (typeof settings.monitor !== "string") {
    throw wrong("monitor", settings.monitor, `a tag such as ${DEFAULT_SETTINGS.monitor}`);
  }
  return settings;
}

interface Range {
  holds(value: number): boolean;
  readonly words: string;
}

const FROM_ONE: Range = {
  holds: (count) => Number.isSafeInteger(count) && count >= 1,
  words: "a whole number of at least 1",
};

const LIVE_RANGES: Readonly<Record<LiveSetting, Range>> = {
  epochs: FROM_ONE,
  batchSize: FROM_ONE,
  learningRate: { holds: (rate) => rate > 0, words: "a number above 0" },
  lambda: { holds: (factor) => factor >= 0, words: "a number of at least 0" },
};

/** Whether a setting that can be changed during a run may have the value. */
export function isLiveValue(name: LiveSetting, value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && LIVE_RANGES[name].holds(value);
}

/** The values it may have, in words. */
export function describeLiveRange(name: LiveSetting): string {
  return LIVE_RANGES[name].words;
}

/** Throws `BAD_OPTION` where a setting that can be changed during a run is out of range. */
export function checkLiveSetting(name: LiveSetting, value: unknown): void {
  if (!isLiveValue(name, value)) throw wrong(name, value, describeLiveRange(name));
}

function requireInteger(name: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw wrong(name, value, `a whole number of at least ${least}`);
  }
}

function requireNumber(
  name: string,
  value: unknown,
  holds: (value: number) => boolean,
  expected: string,
): void {
  if (typeof value !== "number" || !Number.isFinite(value) || !holds(value)) {
    throw wrong(name, value, expected);
  }
}

function wrong(name: string, found: unknown, expected: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `${name} is ${describeValue(found)}; expected ${expected}`);
}
