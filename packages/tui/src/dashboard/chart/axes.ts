// The frame of a plot: the room for labels at the left, the line of epochs below and its numbers.
import { formatShortCount } from "../../text/format.ts";
import { alignRight, type Row, type Run, run } from "../text/rows.ts";
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

/** Epochs or steps at round numbers, whole ones unless an end isn't; `strong` comes first, then both ends, and of the others those that still fit. */
export function epochTicks(
  first: number,
  last: number,
  columns: number,
  columnOf: (epoch: number) => number,
  strong?: number,
): EpochTick[] {
  const most = Math.max(2, Math.floor(columns / 12));
  const isWhole = Number.isInteger(first) && Number.isInteger(last);
  const round = niceTicks(first, last, most).filter((epoch) => !isWhole || Number.isInteger(epoch));
  const wanted = strong === undefined ? [first, last, ...round] : [strong, first, last, ...round];
  const labelled = shortLabels(wanted, last - first);
  const kept: EpochTick[] = [];
  for (const epoch of wanted) {
    const label = epoch === strong ? exactLabel(epoch, last - first) : (labelled.get(epoch) ?? "");
    const tick = { column: columnOf(epoch), label, strong: epoch === strong };
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
  name = "",
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
  const edge = gutter > 0 ? [run(`${alignRight(name, gutter - 1)} `, DIM)] : [];
  return [...edge, ...rowOfCells(columns, (column) => cells.get(column) ?? blank)];
}

const DIM = { dim: true } as const;

/** First and last column of a label: centred under its tick, moved inward at the edges. */
function spanOf({ column, label }: EpochTick, columns: number): [number, number] {
  const start = Math.max(0, Math.min(columns - label.length, column - Math.floor((label.length - 1) / 2)));
  return [start, start + label.length - 1];
}

/** From this on a thousand is written `k`, where that loses nothing. */
const MANY = 10_000;

/** `12k`; all digits where two would be the same. */
function shortLabels(epochs: readonly number[], span: number): ReadonlyMap<number, string> {
  const short = new Map(epochs.map((epoch) => [epoch, shortLabel(epoch, span)]));
  const isSame = new Set(short.values()).size < short.size;
  return isSame ? new Map(epochs.map((epoch) => [epoch, exactLabel(epoch, span)])) : short;
}

function shortLabel(epoch: number, span: number): string {
  const isRound = epoch >= MANY && epoch % 1000 === 0;
  return isRound || epoch >= 100_000 ? formatShortCount(epoch) : exactLabel(epoch, span);
}

/** A part of an epoch with as many decimals as tell the columns of the axis apart. */
function exactLabel(epoch: number, span: number): string {
  if (Number.isInteger(epoch)) return String(epoch);
  const decimals = Math.max(1, Math.min(6, 2 - Math.floor(Math.log10(span || 1))));
  return String(Number(epoch.toFixed(decimals)));
}
