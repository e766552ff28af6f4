// In what the variants differ from the baseline, and what speaks for caution when they are compared with it.
import type { OptionalResults, VariantResult } from "../../stages/results.ts";
import { gainErrorWords } from "./gains.ts";
import { count, joined } from "./numbers.ts";

/** A paragraph an item. */
export function differenceWords(optional: OptionalResults): readonly string[] {
  return [
    `Each run differs from the baseline, the best of the four settings trained anew, ${inWhat(optional)}. They are judged ` +
      `on ${count(optional.baseline.validationImages)} validation images${fewerImages(optional)} A gain is the difference of ` +
      `two accuracies on the same images. ${gainErrorWords(optional.seedSpread)}`,
    chosenEpoch(optional.variants),
  ].filter((text) => text !== "");
}

function inWhat({ baseline, variants }: OptionalResults): string {
  const differing = (key: "learningRate" | "lambda"): string[] =>
    variants
      .filter(
        (variant) => variant.settings[key] !== baseline.settings[key] && !changesRateOnly(variant, baseline),
      )
      .map(({ title }) => title);
  const [rates, lambdas] = [differing("learningRate"), differing("lambda")];
  const also = lambdas.length === 0 ? "" : `, and ${joined(lambdas)} in λ, to the same end`;
  return rates.length === 0
    ? `in one thing${also}`
    : `in one thing, and where that needs another learning rate, in that (${joined(rates)})${also}`;
}

/** Where the learning rate itself is the one thing. */
function changesRateOnly({ settings }: VariantResult, baseline: VariantResult): boolean {
  const { learningRate } = baseline.settings;
  return JSON.stringify({ ...settings, learningRate }) === JSON.stringify(baseline.settings);
}

/** Ends the sentence that tells the baseline's images: some variants were trained on a part of those. */
function fewerImages({ baseline, variants }: OptionalResults): string {
  const fewer = variants.filter(({ validationImages }) => validationImages !== baseline.validationImages);
  if (fewer.length === 0) return ", which none of them was trained on.";
  const named = fewer.map(
    ({ title, validationImages }) =>
      `${title}, which was trained on most of them and is judged on the ${count(validationImages)} held out from it`,
  );
  return `. None was trained on these but ${joined(named)}, with a larger error; the baseline is judged on the same there.`;
}

/** Runs whose epoch is chosen on the images that they are judged by are flattered by chance. */
function chosenEpoch(variants: readonly VariantResult[]): string {
  const choosing = variants.filter(({ settings }) => settings.keep === "best");
  if (choosing.length === 0) return "";
  const fair = variants.find(
    ({ settings }) =>
      settings.keep === "last" &&
      settings.schedule.kind === "constant" &&
      choosing.every((variant) => changesNothingElse(variant, settings)),
  );
  const one = choosing.length === 1;
  return (
    `${joined(choosing.map(({ title }) => title))} ${one ? "chooses its" : "choose their"} epoch on the very images that ` +
    `${one ? "it is" : "they are"} judged by, which flatters ${one ? "it" : "them"}.` +
    (fair === undefined
      ? ""
      : ` ${one ? "Its" : "Their"} fair comparison is ${fair.title}, which differs in nothing else.`)
  );
}

/** But for when it ends and what it keeps. */
function changesNothingElse({ settings }: VariantResult, other: VariantResult["settings"]): boolean {
  const { keep, patience, monitor } = settings;
  return JSON.stringify(settings) === JSON.stringify({ ...other, patience, keep, monitor });
}
