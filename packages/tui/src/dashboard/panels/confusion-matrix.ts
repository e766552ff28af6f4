// The confusion matrix as a heat map: a row is a true class, a column an answer, a cell its share of the row in per cent.

import { fixedPercent } from "@trainscope/core/text";
import { displayWidth } from "../../text/width.ts";
import { type Confusion, rowShares } from "../model/answers.ts";
import { alignLeft, alignRight, type Row, type Run, run } from "../text/rows.ts";
import { abbreviate } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";
import { heatStyle } from "./answer-colors.ts";

export interface MatrixSize {
  /** Columns of the true classes' names, the gap after them included. */
  readonly label: number;
  /** Whether a name is longer than that. */
  readonly cutsNames: boolean;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

const LEAST_LABEL = 4;
const MOST_LABEL = 14;

/** As large as the room allows, with cells about as high as wide; `undefined` where it doesn't fit. */
export function matrixSize(
  names: readonly string[],
  width: number,
  height: number,
  { color }: Theme,
): MatrixSize | undefined {
  const classes = names.length;
  // Without colour the brackets of the right answers need a column of their own.
  const leastCell = color ? 3 : 4;
  const cellHeight = Math.min(4, Math.floor((height - 1) / classes));
  if (classes === 0 || cellHeight < 1) return undefined;
  const wish = Math.min(MOST_LABEL, Math.max(LEAST_LABEL, ...names.map(displayWidth)) + 1);
  const label = Math.min(wish, width - classes * leastCell);
  if (label < LEAST_LABEL) return undefined;
  const cellWidth = Math.min(2 * cellHeight + 3, Math.floor((width - label) / classes));
  return {
    label,
    cutsNames: label < wish,
    cellWidth,
    cellHeight,
    width: label + classes * cellWidth,
    height: 1 + classes * cellHeight,
  };
}

/** Rows of exactly the size's width. */
export function matrixRows(
  confusion: Confusion,
  names: readonly string[],
  size: MatrixSize,
  theme: Theme,
): Row[] {
  const { label, cellWidth, cellHeight } = size;
  const { ellipsis } = theme.glyphs;
  const answers = abbreviate(names, cellWidth - 1);
  const header = [
    run(alignLeft("true", label)),
    ...answers.map((name) => run(cellWidth > 5 ? centre(name, cellWidth) : alignRight(name, cellWidth))),
  ].map((piece) => ({ ...piece, dim: true }));
  const middle = Math.floor((cellHeight - 1) / 2);
  const body = names.flatMap((name, k) => {
    const shares = rowShares(names.map((_, answer) => confusion[k]?.[answer] ?? 0));
    return Array.from({ length: cellHeight }, (_, line): Row => {
      const isMiddle = line === middle;
      const title = alignLeft(isMiddle ? name : "", label - 1, ellipsis);
      return [
        run(`${title} `),
        ...shares.map((share, answer) => cell(share, answer === k, isMiddle, size, theme)),
      ];
    });
  });
  return [header, ...body];
}

function cell(share: number, right: boolean, withText: boolean, { cellWidth }: MatrixSize, theme: Theme): Run {
  const style = heatStyle(share, right, theme);
  if (!withText) return run(" ".repeat(cellWidth), style);
  const percent = fixedPercent(100 * share, 0).padStart(cellWidth > 5 ? 2 : 1);
  const text = theme.color ? percent : right ? `[${percent}]` : ` ${percent} `;
  return run(cellWidth > 5 ? centre(text, cellWidth) : alignRight(text, cellWidth), style);
}

function centre(text: string, width: number): string {
  const left = Math.max(0, Math.ceil((width - displayWidth(text)) / 2));
  return alignLeft(" ".repeat(left) + text, width);
}
