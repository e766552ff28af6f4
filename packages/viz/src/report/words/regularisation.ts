// What the L2 term does to the gap between training and validation, in words that the runs bear out.
import type { SettingResult, Spread } from "@trainscope/core";
import { type Comparison, compare, type Estimate, estimateOf } from "./estimate.ts";
import { joined, percent, points } from "./numbers.ts";

/** Settings that differ in nothing but lambda, in its order; the largest such group, `null` where none has two. */
export function lambdaSeriesOf(settings: readonly SettingResult[]): readonly SettingResult[] | null {
  const groups = Map.groupBy(settings, ({ learningRate, batchSize }) => `${learningRate} ${batchSize}`);
  const largest = [...groups.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
  return largest.length < 2 ? null : largest.toSorted((a, b) => a.lambda - b.lambda);
}

export interface SplitSizes {
  readonly train: number;
  readonly validation: number;
}

/** A paragraph an item. */
export function regularisationWords(series: readonly SettingResult[], sizes: SplitSizes): readonly string[] {
  return [gapWords(series, sizes), accuracyWords(series, sizes)];
}

const lambdaOf = ({ lambda }: SettingResult): string => `λ\u00a0=\u00a0${lambda}`;

const GAPS: Readonly<Record<Comparison, string>> = {
  lower: "Regularisation narrows the gap between training and validation",
  higher: "The gap between training and validation is wider with regularisation",
  "no clear difference": "The gap between training and validation does not clearly change with λ",
};

function gapWords(series: readonly SettingResult[], { train, validation }: SplitSizes): string {
  const known = series.flatMap((setting) => {
    const gap = estimateOf(setting.gap, [train, validation]);
    return gap === null ? [] : [{ setting, gap }];
  });
  const [least, greatest] = [known[0], known.at(-1)];
  if (least === undefined || greatest === undefined || least === greatest) {
    return "Too few of these runs came to an end to say what regularisation does to the gap.";
  }
  const list = joined(known.map(({ setting, gap }) => `${signed(gap.value)} with ${lambdaOf(setting)}`));
  return (
    `${GAPS[compare(greatest.gap, least.gap)]}: at the end the training accuracy is above the validation accuracy by ` +
    `${list}.`
  );
}

/** A gap below zero keeps its sign: validation is ahead there. */
const signed = (gap: number): string => `${gap < 0 ? "−" : ""}${points(gap)}`;

interface Judged {
  readonly setting: SettingResult;
  readonly validation: Estimate;
  readonly train: Estimate | null;
}

function accuracyWords(series: readonly SettingResult[], sizes: SplitSizes): string {
  const known = series.flatMap((setting): Judged[] => {
    const validation = estimate(setting.figures["validation/accuracy"], sizes.validation);
    const train = estimate(setting.figures["train/accuracy"], sizes.train);
    return validation === null ? [] : [{ setting, validation, train }];
  });
  const [least, strongest] = [known[0], known.at(-1)];
  if (least === undefined || strongest === undefined || least === strongest) return "";
  const best = known.toSorted((a, b) => b.validation.value - a.validation.value)[0] ?? least;
  const against = ({ setting, validation }: Judged): string =>
    `${percent(validation.value)} with ${lambdaOf(setting)}`;
  const sentences = [
    best === least
      ? `None of the stronger settings has a higher validation accuracy than ${lambdaOf(least.setting)} ` +
        `(${joined(known.map(against))}).`
      : helpSentence(best, least, against),
  ];
  if (strongest !== best && compare(strongest.validation, best.validation) === "lower") {
    sentences.push(`${costSentence(strongest, best, against)}${underfitSentence(strongest, least)}`);
  }
  return sentences.join(" ");
}

function helpSentence(best: Judged, least: Judged, against: (one: Judged) => string): string {
  const clear = compare(best.validation, least.validation) === "higher";
  const numbers = `${against(best)}, ${against(least)}`;
  return clear
    ? `It helps on images that the model was not trained on: the validation accuracy is highest with ` +
        `${lambdaOf(best.setting)} (${numbers}).`
    : `The validation accuracy is highest with ${lambdaOf(best.setting)}, but by too little to tell it from ` +
        `${lambdaOf(least.setting)} (${numbers}).`;
}

function costSentence(strongest: Judged, best: Judged, against: (one: Judged) => string): string {
  return `Too much of it costs accuracy: ${against(strongest)}, ${against(best)}.`;
}

/** The reason, where the training accuracy shows it. */
function underfitSentence(strongest: Judged, least: Judged): string {
  if (strongest.train === null || least.train === null) return "";
  if (compare(strongest.train, least.train) !== "lower") return "";
  return (
    ` The weights are held so small that the training images are fitted less well too ` +
    `(${percent(strongest.train.value)} right, ${percent(least.train.value)} with ${lambdaOf(least.setting)}).`
  );
}

function estimate(spread: Spread | undefined, images: number): Estimate | null {
  return spread === undefined ? null : estimateOf(spread, [images]);
}
