// What a majority vote comes to beside those who vote: on the validation images, and apart from that on the test images.

import { type Comparison, judge } from "../../judge.ts";
import type { EnsembleResult } from "../../stages/results.ts";
import { gainText } from "./gains.ts";
import { capital, joined, percent, spelled } from "./numbers.ts";

const VERDICTS: Readonly<Record<Comparison, string>> = {
  higher: "The vote is clearly better than the baseline",
  lower: "The vote is clearly worse than the baseline",
  "no clear difference": "The vote can't be told from the baseline",
};

/** A paragraph an item. `baselineOnTest` is the baseline's test accuracy. */
export function ensembleWords(
  ensemble: EnsembleResult | null,
  baselineOnTest: number | null,
): readonly string[] {
  if (ensemble === null) return ["Fewer than two models came to figures, so there is no vote."];
  const { members, memberAccuracies, validationAccuracy, gain, testAccuracy } = ensemble;
  const [least, mean, greatest] = memberAccuracies;
  return [
    `${capital(spelled(members.length))} models, trained on the same images, answer each image, and the answer with most ` +
      `votes counts: ${joined(members)}.`,
    `Of the validation images they answer between ${percent(least)} and ${percent(greatest)} right alone, ` +
      `${percent(mean)} on average, and ${percent(validationAccuracy)} together, ${beside(validationAccuracy, greatest)}. ` +
      `${VERDICTS[judge(gain.difference, gain.standardError)]} there (${gainText(gain)} points). Of the test images the ` +
      `vote answers ${percent(testAccuracy)} right${baselineOnTest === null ? "" : `, the baseline ${percent(baselineOnTest)}`}.`,
  ];
}

function beside(together: number, greatest: number): string {
  if (together > greatest) return "more than any of them alone";
  return `${together === greatest ? "as many as" : "fewer than"} the best of them alone`;
}
