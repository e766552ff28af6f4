// Each class's recall as a bar with its number, and its precision where there is room.

import { displayWidth } from "../../text/width.ts";
import { type Confusion, precision, recall } from "../model/answers.ts";
import { alignLeft, alignRight, type Row, run } from "../text/rows.ts";
import { tenthPercent } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";
import { answerColor } from "./answer-colors.ts";
import { barRuns } from "./bar.ts";

const RECALL = 8;
const PRECISION = 11;
const LEAST_BAR = 5;
const MOST_BAR = 40;
/** A class's bar takes no fewer columns. */
export const LEAST_CLASS_BAR = LEAST_BAR + RECALL;

/** A header and a row for each class from `first` to before `end`; each row of at most `width` columns. */
export function classBarRows(
  confusion: Confusion,
  { first, end }: { readonly first: number; readonly end: number },
  width: number,
  theme: Theme,
): Row[] {
  const withPrecision = width >= LEAST_BAR + RECALL + PRECISION;
  const bar = Math.min(MOST_BAR, width - RECALL - (withPrecision ? PRECISION : 0));
  if (bar < LEAST_BAR) return [];
  const header = alignRight("recall", bar + RECALL) + (withPrecision ? alignRight("precision", PRECISION) : "");
  const rows = Array.from({ length: end - first }, (_, index): Row => {
    const k = first + index;
    const right = recall(confusion, k);
    return [
      ...barRuns(right ?? 0, bar, answerColor(true, theme), theme),
      run(alignRight(tenthPercent(right), RECALL), { bold: true }),
      run(withPrecision ? alignRight(tenthPercent(precision(confusion, k)), PRECISION) : "", { dim: true }),
    ];
  });
  return [[run(header, { dim: true })], ...rows];
}

/** The same with the classes' names before them. */
export function namedClassBarRows(
  confusion: Confusion,
  names: readonly string[],
  range: { readonly first: number; readonly end: number },
  width: number,
  theme: Theme,
): Row[] {
  const longest = Math.max(5, ...names.map(displayWidth));
  const label = Math.max(1, Math.min(longest, 24, width - LEAST_CLASS_BAR - 2));
  const titles = ["class", ...names.slice(range.first, range.end)];
  const bars = classBarRows(confusion, range, width - label - 2, theme);
  return titles.map((title, index) => [
    run(alignLeft(title, label, theme.glyphs.ellipsis), { dim: index === 0 }),
    run("  "),
    ...(bars[index] ?? []),
  ]);
}
