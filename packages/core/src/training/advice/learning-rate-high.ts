// The loss jumps from epoch to epoch because steps are too long.
import type { TrainSettings } from "../../settings/settings.ts";
import { type EpochFigures, inWords, keepLast, type Rule, roundSetting } from "./rule.ts";

/** Changes that are looked at together, and epochs that have to be there before anything is said. */
const CHANGES = 4;
const LEAST = 3;
/**
 * Of the loss before: by how much it has to rise in those changes, all rises added. On CIFAR-10 and the sample, with
 * batches of 20 to 500, the three losses and seeds 0 to 6, rates that are too high reach 0.4 to 4.8 and others up to
 * 0.04. In between are the borderline: 0.02 with batches of 100 (0.24), 0.01 (0.20) and 0.005 (0.10) with 20.
 */
const MUCH = 0.15;
/** Rises that add up to no more than this over `QUIET` changes are none: a cycle of a schedule is often as long. */
const LITTLE = 0.03;
const QUIET = 10;
/**
 * A schedule that raises the rate raises the loss with it, on CIFAR-10 by up to 17 % an epoch where all is well again
 * as soon as the rate falls. Only what goes beyond this counts then.
 */
const OF_A_RISING_RATE = 0.25;

export function createLearningRateHigh(): Rule {
  let first: number | undefined;
  let before: EpochFigures | undefined;
  const rises: number[] = [];
  const losses: number[] = [];

  return (figures, { settings, axis }) => {
    const { trainLoss } = figures;
    if (trainLoss === null) {
      before = undefined;
      return undefined;
    }
    first ??= trainLoss;
    keepLast(losses, trainLoss, CHANGES + 1);
    if (before !== undefined) keepLast(rises, riseOf(before, figures, first), QUIET);
    before = figures;

    if (losses.length < LEAST) return undefined;
    if (sum(rises.slice(-CHANGES)) >= MUCH) {
      const verb = losses.every((loss, i) => i === 0 || loss > (losses[i - 1] as number)) ? "rises" : "jumps";
      const seen = losses.map((loss) => inWords(loss, 3)).join(", ");
      const between = axis === "epoch" ? "from epoch to epoch" : "from evaluation to evaluation";
      return { message: `the training loss ${verb} ${between} (${seen}): ${adviceFor(settings)}` };
    }
    return rises.length === QUIET && sum(rises) <= LITTLE ? "over" : undefined;
  };
}

function adviceFor(settings: TrainSettings | undefined): string {
  if (settings === undefined) return "the learning rate may be too high";
  const { learningRate } = settings;
  return `the learning rate ${learningRate} is too high; try ${roundSetting(learningRate / 10)}`;
}

/**
 * Relative to the loss before, or to a tenth of the first: a loss near 0 doubles easily. 0 where the cost, which is
 * what training lowers, did not rise too: a large lambda may well trade loss for smaller weights.
 */
function riseOf(before: EpochFigures, now: EpochFigures, first: number): number {
  const [from, to] = [before.trainLoss ?? 0, now.trainLoss ?? 0];
  if (before.trainCost !== null && now.trainCost !== null && now.trainCost <= before.trainCost) return 0;
  const allowed = now.learningRate > before.learningRate ? OF_A_RISING_RATE : 0;
  const scale = Math.max(from, first / 10);
  return scale > 0 ? Math.max(0, (to - from) / scale - allowed) : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
