// What a teacher would say of the curves so far. The rules are in advice/, one a file, with what their thresholds come
// from; here each is said once, until it has passed.
import type { EpochEndEvent } from "../events.ts";
import type { TrainSettings } from "../settings/settings.ts";
import { type Advice, type AlertRule, askRules } from "./advice/alert-rules.ts";
import { createLearningRateHigh } from "./advice/learning-rate-high.ts";
import { createNotLearning } from "./advice/not-learning.ts";
import { createOverfitting } from "./advice/overfitting.ts";
import type { EpochFigures } from "./advice/rule.ts";

export interface Adviser {
  /** Looks at one more epoch; `settings` are those in force at its end. Says each thing once until it has passed. */
  add(
    event: Pick<EpochEndEvent, "epoch" | "learningRate" | "metrics">,
    settings: TrainSettings,
  ): readonly Advice[];
}

/** Looks at the loss, cost and accuracy of training and the loss of validation, as far as a run has them. */
export function createAdviser(classes: number): Adviser {
  let rules = createRules(classes);
  let under: TrainSettings | undefined;

  return {
    add(event, settings) {
      // What was seen under other settings says nothing of these.
      if (under !== undefined && !areAlike(under, settings)) rules = createRules(classes);
      under = settings;
      return askRules(rules, figuresOf(event), { settings, axis: "epoch", heldOut: "validation" });
    },
  };
}

/** That of the learning rate first: the others are silent where it speaks. */
function createRules(classes: number): readonly AlertRule[] {
  return [
    { code: "learning-rate-high", look: createLearningRateHigh(), isActive: false },
    { code: "overfitting", look: createOverfitting(), isActive: false },
    { code: "not-learning", look: createNotLearning(classes), isActive: false },
  ];
}

function areAlike(one: TrainSettings, other: TrainSettings): boolean {
  return (
    one.learningRate === other.learningRate && one.lambda === other.lambda && one.batchSize === other.batchSize
  );
}

function figuresOf({
  epoch,
  learningRate,
  metrics,
}: Pick<EpochEndEvent, "epoch" | "learningRate" | "metrics">): EpochFigures {
  const value = (tag: string): number | null => metrics[tag] ?? null;
  return {
    epoch,
    learningRate,
    trainLoss: value("train/loss"),
    trainCost: value("train/cost"),
    trainAccuracy: value("train/accuracy"),
    validationLoss: value("validation/loss"),
  };
}
