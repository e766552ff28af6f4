// What a teacher would say of another program's curves: the rules of our own adviser, as far as curves alone bear them out.
import type { Axis, MetricValues } from "../events.ts";
import { createLearningRateHigh } from "./advice/learning-rate-high.ts";
import { createOverfitting } from "./advice/overfitting.ts";
import { createStandingStill } from "./advice/standing-still.ts";
import { type Advice, askRules, type ToldRule } from "./advice/told-rules.ts";

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
  const rules: readonly ToldRule[] = [
    { code: "learning-rate-high", look: createLearningRateHigh(), isTold: false },
    { code: "overfitting", look: createOverfitting(), isTold: false },
    { code: "not-learning", look: createStandingStill(), isTold: false },
  ];
  let stretch = emptyStretch();
  let heldOut: (typeof HELD_OUT)[number] = "test";
  let rate = 0;
  let areBatches = false;

  /** At the end of an epoch, or of the steps up to an evaluation. */
  function close(): readonly Advice[] {
    const { x, evaluated } = stretch;
    const trainLoss = soundLoss(stretch, areBatches);
    stretch = emptyStretch();
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
      const isNext = axis === "epoch" && Math.ceil(x) > stretch.x && stretch.isTold;
      const said = isNext ? close() : [];
      rate = learningRate ?? rate;
      const split = HELD_OUT.find((one) => known(values[`${one}/loss`]) !== undefined);
      // Where a run has both, its validation counts.
      const isOwn = split !== undefined && (split === "validation" || heldOut === "test");
      if (split === "validation") heldOut = split;
      const loss = known(values[TRAIN]);
      if (loss !== undefined) {
        stretch.losses.push(loss);
        if (axis === "epoch" || split !== undefined) stretch.whole = loss;
      }
      if (isOwn) stretch.evaluated = known(values[`${split}/loss`]) ?? null;
      stretch.isTold ||= loss !== undefined || isOwn;
      stretch.x = Math.max(stretch.x, axis === "epoch" ? Math.ceil(x) : x);
      return axis === "step" && isOwn ? [...said, ...close()] : said;
    },
  };
}

interface Stretch {
  x: number;
  isTold: boolean;
  /** Of batches, or of all of them. */
  losses: number[];
  /** That of the whole epoch, or the one that was told with an evaluation. */
  whole: number | undefined;
  evaluated: number | null;
}

function emptyStretch(): Stretch {
  return { x: Number.NEGATIVE_INFINITY, isTold: false, losses: [], whole: undefined, evaluated: null };
}

/** `null` where too few batches tell it. */
function soundLoss({ losses, whole }: Stretch, areBatches: boolean): number | null {
  if (losses.length >= ENOUGH) return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return areBatches ? null : (whole ?? null);
}

function known(value: number | null | undefined): number | undefined {
  return value !== null && value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}
