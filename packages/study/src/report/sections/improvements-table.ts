// The table of the improvements: what each is, and what it comes to on validation and on test.

import type { PairedGain } from "@trainscope/core/analysis";
import { type Comparison, judge } from "../../judge.ts";
import type { OptionalResults, VariantResult } from "../../stages/results.ts";
import { type Cell, left, right, type Table } from "../document.ts";
import { gainText, VOTE } from "../words/gains.ts";
import { count, percent, UNKNOWN } from "../words/numbers.ts";

interface Row {
  readonly isBaseline: boolean;
  /** What rows are sorted by. */
  readonly gain: number;
  readonly cells: readonly Cell[];
}

const VERDICTS: Readonly<Record<Comparison, string>> = {
  higher: "better",
  lower: "worse",
  "no clear difference": "unclear",
};

/** The greatest gain first; what has none, having diverged, last. */
export function improvementsTable({ baseline, variants, ensemble }: OptionalResults): Table {
  const vote: Row[] =
    ensemble === null
      ? []
      : [
          rowOf({
            title: VOTE,
            change: `${count(ensemble.members.length)} models vote`,
            trainImages: null,
            ...ensemble,
          }),
        ];
  const rows = [...[baseline, ...variants].map(rowOfVariant), ...vote].toSorted((a, b) => b.gain - a.gain);
  return {
    kind: "table",
    title: "Improvements by their gain",
    columns: [
      left("Change"),
      left("What it is"),
      right("Training images"),
      right("Validation accuracy"),
      right("Gain ± standard error (points)"),
      left("Verdict"),
      right("Test accuracy"),
    ],
    rows: rows.map(({ cells }) => cells),
    marked: rows.findIndex(({ isBaseline }) => isBaseline),
  };
}

function rowOfVariant(variant: VariantResult): Row {
  const { change, reason, group } = variant;
  return rowOf({
    ...variant,
    change: reason === "diverged" ? `${change} (diverged)` : change,
    isBaseline: group === "baseline",
  });
}

interface Described {
  readonly title: string;
  readonly change: string;
  readonly trainImages: number | null;
  readonly validationAccuracy: number | null;
  readonly gain: PairedGain | null;
  readonly testAccuracy: number | null;
  readonly isBaseline?: boolean;
}

function rowOf(described: Described): Row {
  const { title, change, trainImages, validationAccuracy, gain, testAccuracy, isBaseline = false } = described;
  const value = gain?.difference ?? (isBaseline ? 0 : null);
  return {
    isBaseline,
    gain: value ?? Number.NEGATIVE_INFINITY,
    cells: [
      { text: title },
      { text: change },
      { text: trainImages === null ? UNKNOWN : count(trainImages), value: trainImages },
      { text: percent(validationAccuracy), value: validationAccuracy },
      { text: gain === null ? UNKNOWN : gainText(gain), value },
      { text: gain === null ? UNKNOWN : VERDICTS[judge(gain.difference, gain.standardError)] },
      { text: percent(testAccuracy), value: testAccuracy },
    ],
  };
}
