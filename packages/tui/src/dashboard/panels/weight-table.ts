// The templates as numbers, where the terminal shows no pictures.
import type { ModelParameters } from "@trainscope/core";
import { formatNumber } from "../../text/format.ts";
import { type Confusion, mostConfused, recall } from "../model/answers.ts";
import { templateNumbers } from "../model/templates.ts";
import type { Row } from "../text/rows.ts";
import { tenthPercent, wholePercent } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";
import { type Column, tableRows } from "./table.ts";

export interface WeightNumbers {
  readonly parameters: ModelParameters;
  readonly names: readonly string[];
  readonly confusion: Confusion | undefined;
}

/** A header, and a row for each class of the page. */
export function weightTableRows(
  { parameters, names, confusion }: WeightNumbers,
  page: number,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const numbers = templateNumbers(parameters);
  const taken = names.map((_, k) => {
    const wrong = confusion ? mostConfused(confusion, k) : undefined;
    return wrong ? `${names[wrong.answer]}, ${wholePercent(wrong.share)}` : "-";
  });
  const columns: Column[] = [
    { title: "class", cells: names, align: "left", rank: 0 },
    { title: "norm", cells: numbers.map(({ norm }) => weightText(norm)), align: "right", rank: 1 },
    { title: "least", cells: numbers.map(({ least }) => weightText(least)), align: "right", rank: 3 },
    { title: "greatest", cells: numbers.map(({ greatest }) => weightText(greatest)), align: "right", rank: 4 },
    { title: "bias", cells: numbers.map(({ bias }) => weightText(bias)), align: "right", rank: 6 },
    {
      title: "recall",
      cells: names.map((_, k) => tenthPercent(confusion ? recall(confusion, k) : undefined)),
      align: "right",
      rank: 5,
    },
    { title: "most taken for", cells: taken, align: "left", rank: 2 },
  ];
  return tableRows(columns, page, width, height, theme);
}

/** Four decimals as long as that is what matters of them. */
export function weightText(value: number): string {
  const size = Math.abs(value);
  return size === 0 || (size >= 0.001 && size < 100) ? value.toFixed(4) : formatNumber(value);
}

/** Two or three digits: `0.81`, `12.4`. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || size < 0.01 || size >= 1000 || !Number.isFinite(size)) return formatNumber(value);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
}
