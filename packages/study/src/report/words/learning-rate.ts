// What a high learning rate does beside a low one, in words that the runs bear out.

import { type Comparison, judge } from "../../judge.ts";
import type { SettingResult } from "../../stages/results.ts";
import { compareBySeed, trendOf } from "./estimate.ts";
import { counted, decimal, NOTHING, percent, points, signedPoints } from "./numbers.ts";

/** A curve that changes by more than this from epoch to epoch, on average over its last half, is said to jump. */
const JUMPY = 0.01;

/** A trend of less than this over ten epochs is said to be level. */
export const LEVEL = 0.001;

export interface RatePair {
  readonly high: SettingResult;
  readonly low: SettingResult;
}

/** The two settings that differ in nothing but the learning rate, and in that the most; `null` where none do. */
export function ratePairOf(settings: readonly SettingResult[]): RatePair | null {
  const pairs = settings.flatMap((high) =>
    settings
      .filter((low) => low.lambda === high.lambda && low.batchSize === high.batchSize)
      .filter((low) => low.learningRate < high.learningRate)
      .map((low): RatePair => ({ high, low })),
  );
  const ratio = ({ high, low }: RatePair): number => high.learningRate / low.learningRate;
  return pairs.toSorted((a, b) => ratio(b) - ratio(a))[0] ?? null;
}

/** A paragraph an item. `images` are those of the validation split. */
export function learningRateWords(pair: RatePair, images: number): readonly string[] {
  const { high, low } = pair;
  return [
    [jumpSentence(pair), ...lossSentence(pair)].join(" "),
    [endSentence(pair, images), ...[high, low].flatMap(trendSentence)].join(" "),
  ];
}

const rate = ({ learningRate }: SettingResult): string => `η\u00a0=\u00a0${learningRate}`;

function jumpSentence({ high, low }: RatePair): string {
  const [fast, slow] = [high.jumpiness.mean, low.jumpiness.mean];
  if (fast === null || slow === null) {
    const missing = fast === null ? high : low;
    return `With ${rate(missing)} the run did not come far enough to say how steady its curve is.`;
  }
  const measured =
    `over the last half of the epochs the validation accuracy changes by ${points(fast)} from one epoch to the ` +
    `next with ${rate(high)}, and by ${points(slow)} with ${rate(low)}`;
  if (fast > JUMPY && slow > JUMPY) return `Both curves jump: ${measured}, on average.`;
  if (fast > JUMPY) {
    return (
      `The high learning rate makes the curve jump: ${measured}, on average. Its steps are so long that they ` +
      "overshoot the minimum, and where the run ends depends on its last few batches."
    );
  }
  if (slow > JUMPY)
    return `Here the curve of the lower learning rate is the one that jumps: ${measured}, on average.`;
  return `Neither curve jumps: ${measured}, on average. More than ${points(JUMPY)} would be called a jump here.`;
}

function lossSentence({ high, low }: RatePair): string[] {
  const [fast, slow] = [high, low].map(({ figures }) => figures["validation/loss"]?.mean ?? null);
  if (fast == null || slow == null) return [];
  return [
    `The validation loss ends at ${decimal(fast)} with ${rate(high)} and at ${decimal(slow)} with ${rate(low)}.`,
  ];
}

const ENDS: Readonly<Record<Comparison, string>> = {
  lower: "The high learning rate costs accuracy",
  higher: "The high learning rate pays",
  "no clear difference": "Which of the two rates ends better can't be told from these runs",
};

function endSentence({ high, low }: RatePair, images: number): string {
  const [fast = NOTHING, slow = NOTHING] = [high, low].map(({ figures }) => figures["validation/accuracy"]);
  if (fast.mean === null || slow.mean === null)
    return "One of the two runs has no validation accuracy at its end.";
  return (
    `${ENDS[compareBySeed(fast, slow, [images])]}: at the end ${percent(fast.mean)} of the validation images are ` +
    `answered right with ${rate(high)}, and ${percent(slow.mean)} with ${rate(low)}.`
  );
}

/** Whether more epochs would have helped. Of a curve that jumps nothing is said: it has no trend to speak of. */
function trendSentence(setting: SettingResult): string[] {
  const jumpiness = setting.jumpiness.mean;
  const trend = trendOf(setting.curves["validation/accuracy"]?.mean ?? []);
  if (trend === null || jumpiness === null || jumpiness > JUMPY) return [];
  const overTen = 10 * trend.slope;
  const change = `${signedPoints(overTen, 2)} points in ten epochs, by the trend of the last ${counted(trend.epochs, "epoch")}`;
  if (Math.abs(overTen) < LEVEL) {
    return [`With ${rate(setting)} the accuracy has levelled off at the end (${change}).`];
  }
  const judged = judge(trend.slope, trend.standardError, trend.degrees);
  if (judged === "higher") {
    return [`With ${rate(setting)} the accuracy still rises at the end (${change}), so more epochs may help.`];
  }
  if (judged === "lower") return [`With ${rate(setting)} the accuracy falls at the end (${change}).`];
  return [`With ${rate(setting)} the accuracy neither clearly rises nor falls at the end (${change}).`];
}
