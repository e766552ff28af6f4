// What a teacher would say of another program's curves: the rules of our own adviser, as far as curves alone bear them out.
import type { Axis, MetricValues } from "../events.ts";
import { type Advice, type AlertRule, askRules } from "./advice/alert-rules.ts";
import { createLearningRateHigh } from "./advice/learning-rate-high.ts";
import { createLossPlateau } from "./advice/loss-plateau.ts";
import { createOverfitting } from "./advice/overfitting.ts";

/** Looks at the curves of any run, and says what a teacher would say of them. */
export interface CurveAdviser {
  /** Looks at what was told at `x`, which rises. Says each thing once until it has passed. */
  add(x: number, values: MetricValues, learningRate?: number): readonly Advice[];
}

/** So many losses of single batches make a mean that can be held against another. */
const ENOUGH = 5;
const TRAIN = "train/loss";
const HELD_OUT = ["validation", "test"] as const;

/**
 * Losses of batches are looked at as their means: of an epoch or, where steps are counted, from one evaluation to the
 * next. A run whose steps are never evaluated, or one with losses below 0, gets no advice.
 */
export function createCurveAdviser(axis: Axis): CurveAdviser {
  const rules: readonly AlertRule[] = [
    { code: "learning-rate-high", look: createLearningRateHigh(), isActive: false },
    { code: "overfitting", look: createOverfitting(), isActive: false },
    { code: "not-learning", look: createLossPlateau(), isActive: false },
  ];
  let interval = emptyInterval();
  let heldOut: (typeof HELD_OUT)[number] = "test";
  let rate = 0;
  let areBatches = false;

  /** At the end of an epoch, or of the steps up to an evaluation. */
  function close(): readonly Advice[] {
    const { x, evaluated } = interval;
    const trainLoss = soundLoss(interval, areBatches);
    interval = emptyInterval();
    const figures = { epoch: x, learningRate: rate, trainLoss, validationLoss: evaluated };
    return askRules(
      rules,
      { ...figures, trainCost: null, trainAccuracy: null },
      { settings: undefined, axis, heldOut },
    );
  }

  return {
    add(x, values, learningRate) {
      // Parts of epochs: no loss is one of a whole epoch, not even where one ends.
      areBatches ||= axis === "epoch" && !Number.isInteger(x) && values[TRAIN] !== undefined;
      const isNext = axis === "epoch" && Math.ceil(x) > interval.x && interval.hasLoss;
      const said = isNext ? close() : [];
      rate = learningRate ?? rate;
      const split = HELD_OUT.find((one) => known(values[`${one}/loss`]) !== undefined);
      // Where a run has both, its validation counts.
      const isOwn = split !== undefined && (split === "validation" || heldOut === "test");
      if (split === "validation") heldOut = split;
      const loss = known(values[TRAIN]);
      if (loss !== undefined) {
        interval.losses.push(loss);
        if (axis === "epoch" || split !== undefined) interval.whole = loss;
      }
      if (isOwn) interval.evaluated = known(values[`${split}/loss`]) ?? null;
      interval.hasLoss ||= loss !== undefined || isOwn;
      interval.x = Math.max(interval.x, axis === "epoch" ? Math.ceil(x) : x);
      return axis === "step" && isOwn ? [...said, ...close()] : said;
    },
  };
}

interface Interval {
  x: number;
  hasLoss: boolean;
  /** Of batches, or of all of them. */
  losses: number[];
  /** That of the whole epoch, or the one that was told with an evaluation. */
  whole: number | undefined;
  evaluated: number | null;
}

function emptyInterval(): Interval {
  return { x: Number.NEGATIVE_INFINITY, hasLoss: false, losses: [], whole: undefined, evaluated: null };
}

/** `null` where too few batches tell it. */
function soundLoss({ losses, whole }: Interval, areBatches: boolean): number | null {
  if (losses.length >= ENOUGH) return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return areBatches ? null : (whole ?? null);
}

function known(value: number | null | undefined): number | undefined {
  return value !== null && value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}
