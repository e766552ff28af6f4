// What the improvements gained: which is ahead, which are clear, which can't be told from nothing.
import type { PairedGain } from "@trainscope/core";
import { CLEAR, judge } from "./estimate.ts";
import { count, fixed, joined, signedPoints } from "./numbers.ts";

export interface Improvement {
  readonly title: string;
  readonly gain: PairedGain;
}

/** `+1.9 ± 0.3`, in points. */
export function gainText({ difference, standardError }: PairedGain): string {
  return `${signedPoints(difference)} ±\u00a0${fixed(100 * standardError, 1)}`;
}

/** Part of normal deviates that lie further than `CLEAR` above zero; of comparisons without any gain so many look clear. */
const CHANCE = 0.023;

/** A paragraph an item, of improvements in any order. */
export function gainWords(improvements: readonly Improvement[]): readonly string[] {
  const sorted = improvements.toSorted((a, b) => b.gain.difference - a.gain.difference);
  const verdicts = Map.groupBy(sorted, ({ gain }) => judge(gain.difference, gain.standardError));
  const helped = verdicts.get("higher") ?? [];
  const unclear = verdicts.get("no clear difference") ?? [];
  const harmed = (verdicts.get("lower") ?? []).toReversed();
  const named = ({ title, gain }: Improvement): string => `${title} (${gainText(gain)})`;
  return [
    firstSentences(helped, sorted, named),
    unclear.length > 0
      ? `Not to be told from no change at all, being within ${CLEAR} standard errors of it: ${joined(unclear.map(named))}.`
      : "",
    harmed.length > 0 ? `Clearly worse than the baseline: ${joined(harmed.map(named))}.` : "",
    sorted.length > 5
      ? `Of ${count(sorted.length)} changes that do nothing about ${fixed(CHANCE * sorted.length, 1)} would look like a clear ` +
        "gain by chance, and as many like a clear loss."
      : "",
  ].filter((text) => text !== "");
}

function firstSentences(
  helped: readonly Improvement[],
  sorted: readonly Improvement[],
  named: (one: Improvement) => string,
): string {
  const [first, second] = helped;
  if (first === undefined) {
    const [ahead] = sorted;
    const best = ahead === undefined ? "" : ` The largest difference is that of ${named(ahead)}.`;
    return `No change has a clear gain over the baseline.${best}`;
  }
  const others = helped.slice(1).map(named);
  const rest = others.length === 0 ? " No other gain is clear." : ` Clear gains, too: ${joined(others)}.`;
  return `The largest gain in validation accuracy, in percentage points, is that of ${named(first)}.${leadSentence(first, second)}${rest}`;
}

/** Two gains over the same baseline share its error; taking both in full is on the careful side. */
function leadSentence(first: Improvement, second: Improvement | undefined): string {
  if (second === undefined) return "";
  const difference = first.gain.difference - second.gain.difference;
  const error = Math.hypot(first.gain.standardError, second.gain.standardError);
  return judge(difference, error) === "higher"
    ? " It is clearly ahead of the next."
    : ` Its lead over the next, ${second.title}, is within the error of the two.`;
}
