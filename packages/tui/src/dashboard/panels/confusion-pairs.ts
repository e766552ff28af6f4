// The most frequent mistakes as a list: which class was taken for which, how often.
import { formatCount } from "../../text/format.ts";
import { displayWidth } from "../../text/width.ts";
import { type Confusion, confusedPairs } from "../model/answers.ts";
import { alignLeft, alignRight, type Row, run } from "../text/rows.ts";
import { wholePercent } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";

/** Columns of the share and the gap after it. */
const SHARE = 7;

/** `18 %  cat taken for dog  182 images`, at most `height` of them. */
export function confusionPairRows(
  confusion: Confusion,
  names: readonly string[],
  width: number,
  height: number,
  { glyphs }: Theme,
): Row[] {
  const pairs = confusedPairs(confusion).slice(0, Math.max(0, height));
  if (pairs.length === 0) return height > 0 ? [[run("every answer is right", { dim: true })]] : [];
  const texts = pairs.map(({ label, answer }) => `${names[label]} taken for ${names[answer]}`);
  const counts = pairs.map(({ images }) => `${formatCount(images)} images`);
  const digits = Math.max(...counts.map(displayWidth));
  const longest = Math.max(...texts.map(displayWidth));
  const withCounts = SHARE + longest + 2 + digits <= width;
  const room = Math.min(longest, Math.max(0, width - SHARE));
  return pairs.map(({ share }, index) => [
    run(alignRight(wholePercent(share), SHARE - 2), { bold: true }),
    run(`  ${alignLeft(texts[index] ?? "", room, glyphs.ellipsis)}`),
    run(withCounts ? `  ${alignRight(counts[index] ?? "", digits)}` : "", { dim: true }),
  ]);
}

/** `cat most taken for dog, 18 %`. */
export function mostConfusedText(confusion: Confusion, names: readonly string[]): string | undefined {
  const [pair] = confusedPairs(confusion);
  return pair && `${names[pair.label]} most taken for ${names[pair.answer]}, ${wholePercent(pair.share)}`;
}
