// The loss stays where guessing leaves it.
import type { LossName } from "../../losses/names.ts";
import { DEFAULT_SETTINGS, type TrainSettings } from "../../settings/settings.ts";
import { type EpochFigures, type Finding, inWords, keepLast, type Rule, roundSetting } from "./rule.ts";

/** Changes that are looked at together. */
const CHANGES = 5;
/**
 * How far apart the losses of those epochs may be. On CIFAR-10 eta = 1e-6 moves them by 0.5 %, and 1e-5, with which a
 * model learns slowly, by 5 %.
 */
const STILL = 0.01;
const MOVING = 0.03;
/** Of the loss of guessing. On CIFAR-10 lambda = 1000 comes to 0.995 of it, lambda = 100 to 0.966. */
const NEARLY = 0.98;
/** Of the way from chance to all right. On CIFAR-10 eta = 1e-6 gets 0.03 of it in 20 epochs, and 1e-5 0.13. */
const LITTLE = 0.1;

export function createNotLearning(classes: number): Rule {
  const recent: EpochFigures[] = [];

  return (figures, { settings }) => {
    // What guessing comes to only the settings tell.
    if (settings === undefined) return undefined;
    const { trainLoss, trainAccuracy } = figures;
    keepLast(recent, figures, CHANGES + 1);
    const losses = recent.map((one) => one.trainLoss).filter((loss) => loss !== null);
    if (trainLoss === null || losses.length <= CHANGES) return undefined;

    const guessing = lossOfGuessing(settings.loss, classes);
    const moved = (Math.max(...losses) - Math.min(...losses)) / Math.max(...losses);
    if (moved > MOVING) return "over";
    const isNoBetter = guessing > 0 && trainLoss >= NEARLY * guessing && moved <= STILL;
    if (isNoBetter && areWeightsGone(recent, settings, classes)) {
      // Weights that are next to nothing may still order the classes rightly.
      return describe(figures, guessing, lowerLambda(settings));
    }
    const chance = 1 / classes;
    const progress = trainAccuracy === null ? 0 : (trainAccuracy - chance) / (1 - chance);
    return isNoBetter && progress <= LITTLE ? describe(figures, guessing, raiseRate(settings)) : undefined;
  };
}

function describe({ epoch, trainLoss }: EpochFigures, guessing: number, remedy: string): Finding {
  const seen = `after epoch ${epoch} the training loss is ${inWords(trainLoss ?? 0, 3)}`;
  return {
    message: `nothing is being learned: ${seen}, and guessing gives ${inWords(guessing, 3)}: ${remedy}`,
  };
}

/** The lowest mean loss of answers that are the same for all images, each class being as frequent as the others. */
function lossOfGuessing(loss: LossName, classes: number): number {
  const p = 1 / classes;
  switch (loss) {
    case "softmax":
      return Math.log(classes);
    case "bce":
      return classes === 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    case "svm":
      return classes - 1;
  }
}

/**
 * Where the learning rate is too low, weights stay as they were drawn. Where lambda is too high it has pulled them to
 * 0: all of a class come to less than one of them did at the start, or to half of what they were a few epochs ago.
 */
function areWeightsGone(
  recent: readonly EpochFigures[],
  { lambda, initialisation }: TrainSettings,
  classes: number,
): boolean {
  const [before, now] = [recent.at(0), recent.at(-1)].map(
    (figures) => figures && squaredWeightsOf(figures, lambda),
  );
  if (before === undefined || now === undefined) return false;
  // Xavier's weights of a class come to 1 together.
  const drawn = initialisation.kind === "normal" ? initialisation.deviation ** 2 : 1e-2;
  return now / classes < drawn || now < before / 2;
}

/** `sum(W^2)`, which the cost tells; `undefined` where it does not. */
function squaredWeightsOf({ trainLoss, trainCost }: EpochFigures, lambda: number): number | undefined {
  if (trainLoss === null || trainCost === null || lambda === 0) return undefined;
  return (trainCost - trainLoss) / lambda;
}

function lowerLambda({ lambda }: TrainSettings): string {
  const lower = Math.min(DEFAULT_SETTINGS.lambda, roundSetting(lambda / 10));
  return `lambda ${lambda} is so high that it leaves no weights; try ${lower}`;
}

function raiseRate({ learningRate }: TrainSettings): string {
  const higher = Math.max(DEFAULT_SETTINGS.learningRate, roundSetting(10 * learningRate));
  return `the learning rate ${learningRate} is too low; try ${higher}`;
}
