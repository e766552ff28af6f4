// The model gets better on the images it trains on and worse on others.
import { DEFAULT_SETTINGS, type TrainSettings } from "../../settings/settings.ts";
import { inWords, keepLast, type Rule, roundSetting } from "./rule.ts";

/** Losses are compared as means of so many epochs, because those of single epochs scatter. */
const EPOCHS = 5;
/**
 * By how much of the best the validation loss has to be above it, beside what it changes from epoch to epoch. On
 * CIFAR-10 lambda = 0, eta = 0.001 is there after 120 epochs, and eta = 0.01 after 20; settings that don't overfit
 * come to 0.2 %.
 */
const RISE = 0.005;

/** Means over the last epochs. */
interface Means {
  /** How many epochs had been seen. */
  readonly seen: number;
  readonly train: number;
  readonly validation: number;
}

export function createOverfitting(): Rule {
  const train: number[] = [];
  const validation: number[] = [];
  let best: Means | undefined;
  let lowest = { epoch: 0, seen: 0, loss: Number.POSITIVE_INFINITY };
  let seen = 0;

  return ({ epoch, trainLoss, validationLoss }, { settings, axis, heldOut }) => {
    seen++;
    if (trainLoss === null || validationLoss === null) return undefined;
    if (validationLoss < lowest.loss) lowest = { epoch, seen, loss: validationLoss };
    keepLast(train, trainLoss, EPOCHS);
    keepLast(validation, validationLoss, EPOCHS);
    if (validation.length < EPOCHS) return undefined;

    const now = { seen, train: mean(train), validation: mean(validation) };
    if (best === undefined || now.validation < best.validation) {
      best = now;
      return "over";
    }
    const risen = now.validation - best.validation > RISE * best.validation + scatterOf(validation);
    if (!risen || now.train >= best.train || seen - Math.max(best.seen, lowest.seen) < EPOCHS) return undefined;
    const losses = `${inWords(lowest.loss, 4)}, now ${inWords(validationLoss, 4)}`;
    return {
      message:
        `the training loss still falls, but the ${heldOut} loss has risen since ${axis} ${lowest.epoch} ` +
        `(${losses})${settings === undefined ? "" : `: ${remedyOf(settings)}`}`,
    };
  };
}

function remedyOf({ lambda, keep }: TrainSettings): string {
  const larger = lambda === 0 ? DEFAULT_SETTINGS.lambda : roundSetting(10 * lambda);
  const regularise = `try a larger lambda (now ${lambda}), such as ${larger}`;
  return keep === "best" ? regularise : `${regularise}, or stop at the best epoch with --keep best`;
}

/** The mean absolute change from epoch to epoch. */
function scatterOf(values: readonly number[]): number {
  return mean(values.slice(1).map((value, i) => Math.abs(value - (values[i] as number))));
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
