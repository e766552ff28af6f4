// What the L2 term does to the gap between training and validation, in words that the runs bear out.

import type { Spread } from "@trainscope/core/analysis";
import type { Comparison } from "../../judge.ts";
import type { SettingResult } from "../../stages/results.ts";
import { compareBySeed } from "./estimate.ts";
import { joined, NOTHING, percent, points } from "./numbers.ts";

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
    const { mean } = setting.gap;
    return mean === null ? [] : [{ setting, mean }];
  });
  const [least, greatest] = [known[0], known.at(-1)];
  if (least === undefined || greatest === undefined || least === greatest) {
    return "Too few of these runs came to an end to say what regularisation does to the gap.";
  }
  const list = joined(known.map(({ setting, mean }) => `${signed(mean)} with ${lambdaOf(setting)}`));
  const compared = compareBySeed(greatest.setting.gap, least.setting.gap, [train, validation]);
  return (
    `${GAPS[compared]}: at the end the training accuracy is above the validation accuracy by ` + `${list}.`
  );
}

/** A gap below zero keeps its sign: validation is ahead there. */
const signed = (gap: number): string => `${gap < 0 ? "−" : ""}${points(gap)}`;

interface Judged {
  readonly setting: SettingResult;
  readonly accuracy: number;
}

function accuracyWords(series: readonly SettingResult[], sizes: SplitSizes): string {
  const known = series.flatMap((setting): Judged[] => {
    const accuracy = figureOf(setting, "validation").mean;
    return accuracy === null ? [] : [{ setting, accuracy }];
  });
  const [least, strongest] = [known[0], known.at(-1)];
  if (least === undefined || strongest === undefined || least === strongest) return "";
  const best = known.toSorted((a, b) => b.accuracy - a.accuracy)[0] ?? least;
  const sentences = [
    best === least
      ? `None of the stronger settings has a higher validation accuracy than ${lambdaOf(least.setting)} ` +
        `(${joined(known.map(against))}).`
      : helpSentence(best, least, sizes),
  ];
  if (strongest !== best && compareOn("validation", strongest, best, sizes) === "lower") {
    sentences.push(
      `Too much of it costs accuracy: ${against(strongest)}, ${against(best)}.${underfitSentence(strongest, least, sizes)}`,
    );
  }
  return sentences.join(" ");
}

const against = ({ setting, accuracy }: Judged): string => `${percent(accuracy)} with ${lambdaOf(setting)}`;

function helpSentence(best: Judged, least: Judged, sizes: SplitSizes): string {
  const clear = compareOn("validation", best, least, sizes) === "higher";
  const numbers = `${against(best)}, ${against(least)}`;
  return clear
    ? `It helps on images that the model was not trained on: the validation accuracy is highest with ` +
        `${lambdaOf(best.setting)} (${numbers}).`
    : `The validation accuracy is highest with ${lambdaOf(best.setting)}, but by too little to tell it from ` +
        `${lambdaOf(least.setting)} (${numbers}).`;
}

/** The reason, where the training accuracy shows it. */
function underfitSentence(strongest: Judged, least: Judged, sizes: SplitSizes): string {
  if (compareOn("train", strongest, least, sizes) !== "lower") return "";
  const [strong, weak] = [strongest, least].map(({ setting }) => figureOf(setting, "train").mean);
  return (
    ` The weights are held so small that the training images are fitted less well too ` +
    `(${percent(strong ?? null)} right, ${percent(weak ?? null)} with ${lambdaOf(least.setting)}).`
  );
}

function compareOn(split: keyof SplitSizes, a: Judged, b: Judged, sizes: SplitSizes): Comparison {
  return compareBySeed(figureOf(a.setting, split), figureOf(b.setting, split), [sizes[split]]);
}

function figureOf({ figures }: SettingResult, split: keyof SplitSizes): Spread {
  return figures[`${split}/accuracy`] ?? NOTHING;
}
