// The frame of a plot: the room for labels at the left, the line of epochs below and its numbers.
import { formatShortCount } from "../../text/format.ts";
import { type Row, type Run, run } from "../text/rows.ts";
import { rowOfCells } from "./cells.ts";
import { niceTicks } from "./ticks.ts";

export interface EpochTick {
  readonly column: number;
  readonly label: string;
  /** Asked for, not chosen for being round. */
  readonly strong?: boolean;
}

/** By column. */
export type AxisMarks = ReadonlyMap<number, Run>;

const LEAST_PLOT = 6;

/** Columns for labels and the axis; none where that would leave no room to draw. */
export function gutterWidth(labels: readonly string[], width: number): number {
  const gutter = Math.max(2, ...labels.map((label) => label.length)) + 1;
  return width - gutter >= LEAST_PLOT ? gutter : 0;
}

/** Whole epochs at round numbers; `strong` comes first, then both ends, and of the others those that still fit. */
export function epochTicks(
  first: number,
  last: number,
  columns: number,
  columnOf: (epoch: number) => number,
  strong?: number,
): EpochTick[] {
  const most = Math.max(2, Math.floor(columns / 12));
  const round = niceTicks(first, last, most).filter((epoch) => Number.isInteger(epoch));
  const kept: EpochTick[] = [];
  for (const epoch of strong === undefined ? [first, last, ...round] : [strong, first, last, ...round]) {
    const tick = { column: columnOf(epoch), label: epochLabel(epoch), strong: epoch === strong };
    const span = spanOf(tick, columns);
    const free = kept.every((other) => {
      const taken = spanOf(other, columns);
      return span[0] > taken[1] + 1 || span[1] < taken[0] - 1;
    });
    if (free && span[1] < columns) kept.push(tick);
  }
  return kept.sort((a, b) => a.column - b.column);
}

/** The line, with ticks; marks lie on top. */
export function axisRow(
  ticks: readonly EpochTick[],
  marks: AxisMarks,
  gutter: number,
  columns: number,
  axis: readonly string[],
): Row {
  const [, , corner = "", line = "", tickSign = ""] = axis;
  const ticked = new Set(ticks.map(({ column }) => column));
  const [plain, withTick] = [run(line, DIM), run(tickSign, DIM)];
  const edge = gutter > 0 ? [run(`${" ".repeat(gutter - 1)}${corner}`, DIM)] : [];
  const cells = rowOfCells(columns, (column) => marks.get(column) ?? (ticked.has(column) ? withTick : plain));
  return [...edge, ...cells];
}

/** The numbers below the ticks; where there is no line above, marks stand between them as far as there is room. */
export function epochLabels(
  ticks: readonly EpochTick[],
  marks: AxisMarks,
  gutter: number,
  columns: number,
): Row {
  const cells = new Map<number, Run>();
  for (const tick of ticks) {
    const [start] = spanOf(tick, columns);
    [...tick.label].forEach((character, index) => {
      cells.set(start + index, run(character, tick.strong ? { bold: true } : DIM));
    });
  }
  const numbers = new Set(cells.keys());
  for (const [column, mark] of marks) {
    if ([column - 1, column, column + 1].every((near) => !numbers.has(near))) cells.set(column, mark);
  }
  const blank = run(" ", DIM);
  const edge = gutter > 0 ? [run(" ".repeat(gutter), DIM)] : [];
  return [...edge, ...rowOfCells(columns, (column) => cells.get(column) ?? blank)];
}

const DIM = { dim: true } as const;

/** First and last column of a label: centred under its tick, moved inward at the edges. */
function spanOf({ column, label }: EpochTick, columns: number): [number, number] {
  const start = Math.max(0, Math.min(columns - label.length, column - Math.floor((label.length - 1) / 2)));
  return [start, start + label.length - 1];
}

function epochLabel(epoch: number): string {
  return epoch < 100_000 ? String(epoch) : formatShortCount(epoch);
}
