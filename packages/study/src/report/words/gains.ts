// What the improvements gained: which is ahead, which are clear, which can't be told from nothing.

import type { PairedGain } from "@trainscope/core/analysis";
import { CLEAR, judge } from "../../judge.ts";
import type { OptionalResults, SeedSpread } from "../../stages/results.ts";
import { count, fixed, joined, points, signedPoints } from "./numbers.ts";

export const VOTE = "Majority vote";

export interface Improvement {
  readonly title: string;
  readonly gain: PairedGain;
}

/** All changes that have a gain, the vote among them. */
export function improvementsOf({ variants, ensemble }: OptionalResults): readonly Improvement[] {
  const all = [...variants, ...(ensemble === null ? [] : [{ title: VOTE, gain: ensemble.gain }])];
  return all.flatMap(({ title, gain }) => (gain === null ? [] : [{ title, gain }]));
}

/** `+1.9 ± 0.3`, in points. */
export function gainText({ difference, standardError }: PairedGain): string {
  return `${signedPoints(difference)} ±\u00a0${fixed(100 * standardError, 1)}`;
}

/** What a gain comes to at the least: by this a great gain that rests on few images isn't ahead of a sure one. */
const lowerEnd = ({ gain }: Improvement): number => gain.difference - CLEAR * gain.standardError;

/** The one that is ahead by what it comes to at the least, where that is above zero. */
export function leadingImprovement(improvements: readonly Improvement[]): Improvement | undefined {
  return clearGains(improvements)[0];
}

function clearGains(improvements: readonly Improvement[]): readonly Improvement[] {
  return improvements
    .filter(({ gain }) => judge(gain.difference, gain.standardError) === "higher")
    .toSorted((a, b) => lowerEnd(b) - lowerEnd(a));
}

/** What the ± of a gain holds: a sentence or two. */
export function gainErrorWords({ runs, deviation }: SeedSpread): string {
  const images =
    "which images happen to be judged by (from those that only one of the two models answers right)";
  return deviation > 0
    ? `Its ± is a standard error of two things together: ${images}, and what another seed does to each of the two runs ` +
        `(${count(runs)} runs of the baseline, alike but for the seed, spread by ${points(deviation, 2)}, their standard deviation).`
    : `Its ± is the standard error of ${images}; what another seed does is not in it.`;
}

/** A paragraph an item, of improvements in any order. */
export function gainWords(improvements: readonly Improvement[]): readonly string[] {
  if (improvements.length === 0) return ["No change came to a figure to compare."];
  const sorted = improvements.toSorted((a, b) => b.gain.difference - a.gain.difference);
  const verdicts = Map.groupBy(sorted, ({ gain }) => judge(gain.difference, gain.standardError));
  const unclear = verdicts.get("no clear difference") ?? [];
  const harmed = (verdicts.get("lower") ?? []).toReversed();
  return [
    firstSentences(clearGains(improvements), sorted),
    unclear.length > 0
      ? `Not to be told from no change at all, being within ${CLEAR} standard errors of it: ${joined(unclear.map(named))}.`
      : "",
    harmed.length > 0 ? `Clearly worse than the baseline: ${joined(harmed.map(named))}.` : "",
    sorted.length > 5
      ? "By chance about 2.5\u00a0% of changes that do nothing would look clearly better, and as many clearly worse."
      : "",
  ].filter((text) => text !== "");
}

const named = ({ title, gain }: Improvement): string => `${title} (${gainText(gain)})`;

function firstSentences(helped: readonly Improvement[], sorted: readonly Improvement[]): string {
  const [first, second] = helped;
  if (first === undefined) {
    const [ahead] = sorted;
    const best = ahead === undefined ? "" : ` The largest difference is that of ${named(ahead)}.`;
    return `No change has a clear gain over the baseline.${best}`;
  }
  const others = helped.slice(1).map(named);
  const rest = others.length === 0 ? " No other gain is clear." : ` Clear gains, too: ${joined(others)}.`;
  return (
    `The largest gain in validation accuracy, in percentage points and taken ${CLEAR} standard errors lower, is that of ` +
    `${named(first)}.${leadSentence(first, second)}${rest}`
  );
}

/** Two gains over the same baseline share its error; taking both in full is on the careful side. */
function leadSentence(first: Improvement, second: Improvement | undefined): string {
  if (second === undefined) return "";
  const difference = first.gain.difference - second.gain.difference;
  const error = Math.hypot(first.gain.standardError, second.gain.standardError);
  return judge(difference, error) === "higher"
    ? " It is clearly ahead of the next."
    : ` It can't be told from the next, ${second.title}.`;
}
