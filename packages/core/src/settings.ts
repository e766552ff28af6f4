// The settings of a run: plain data, complete, checked once before training starts.
import { TrainscopeError } from "./errors.ts";
import { LOSS_NAMES, type LossName } from "./losses/names.ts";
import { checkSchedule, type Schedule } from "./training/schedule.ts";

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
};

/** Fills in defaults and checks every field. Throws `BAD_OPTION` naming the first field that is wrong. */
export function resolveSettings(partial: Partial<TrainSettings>): TrainSettings {
  for (const key of Object.keys(partial)) {
    if (!(key in DEFAULT_SETTINGS)) {
      throw new TrainscopeError("BAD_OPTION", `unknown setting "${key}"`, {
        hint: `The settings are ${Object.keys(DEFAULT_SETTINGS).join(", ")}.`,
      });
    }
  }
  const settings = { ...DEFAULT_SETTINGS, ...partial };
  requireInteger("epochs", settings.epochs, 1);
  requireInteger("batchSize", settings.batchSize, 1);
  requireInteger("seed", settings.seed, 0);
  requireNumber("learningRate", settings.learningRate, (value) => value > 0, "a number above 0");
  requireNumber("lambda", settings.lambda, (value) => value >= 0, "a number of at least 0");
  requireNumber("flip", settings.flip, (value) => value >= 0 && value <= 1, "a probability from 0 to 1");
  if (!LOSS_NAMES.includes(settings.loss)) {
    throw wrong("loss", settings.loss, `one of ${LOSS_NAMES.join(", ")}`);
  }
  checkSchedule(settings.schedule);
  return settings;
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
  return new TrainscopeError("BAD_OPTION", `${name} is ${String(found)}; expected ${expected}`);
}
