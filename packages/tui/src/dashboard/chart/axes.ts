// The frame of a plot: the room for labels at the left, the line of epochs below and its numbers.
import { formatShortCount } from "../../text/format.ts";
import { type Row, run } from "../text/rows.ts";
import { niceTicks } from "./ticks.ts";

export interface EpochTick {
  readonly column: number;
  readonly label: string;
}

const LEAST_PLOT = 6;

/** Columns for labels and the axis; none where that would leave no room to draw. */
export function gutterWidth(labels: readonly string[], width: number): number {
  const gutter = Math.max(2, ...labels.map((label) => label.length)) + 1;
  return width - gutter >= LEAST_PLOT ? gutter : 0;
}

/** Whole epochs at round numbers, the first and the last always among them where they fit. */
export function epochTicks(first: number, last: number, columns: number): EpochTick[] {
  const most = Math.max(2, Math.floor(columns / 12));
  const round = niceTicks(first, last, most).filter((epoch) => Number.isInteger(epoch));
  const columnOf = (epoch: number): number =>
    last === first ? 0 : Math.floor(((epoch - first) / (last - first)) * (columns - 1) + 0.5);
  const kept: EpochTick[] = [];
  for (const epoch of [first, last, ...round]) {
    const tick = { column: columnOf(epoch), label: epochLabel(epoch) };
    const span = spanOf(tick, columns);
    const free = kept.every((other) => {
      const taken = spanOf(other, columns);
      return span[0] > taken[1] + 1 || span[1] < taken[0] - 1;
    });
    if (free && span[1] < columns) kept.push(tick);
  }
  return kept.sort((a, b) => a.column - b.column);
}

export function axisRow(
  ticks: readonly EpochTick[],
  gutter: number,
  columns: number,
  axis: readonly string[],
): Row {
  const [, , corner = "", line = "", tickSign = ""] = axis;
  const cells = Array.from({ length: columns }, () => line);
  for (const { column } of ticks) cells[column] = tickSign;
  const edge = gutter > 0 ? `${" ".repeat(gutter - 1)}${corner}` : "";
  return [run(edge + cells.join(""), { dim: true })];
}

export function epochLabels(ticks: readonly EpochTick[], gutter: number, columns: number): Row {
  const cells = Array.from({ length: columns }, () => " ");
  for (const tick of ticks) {
    const [start] = spanOf(tick, columns);
    [...tick.label].forEach((character, index) => {
      cells[start + index] = character;
    });
  }
  return [run(" ".repeat(gutter) + cells.join(""), { dim: true })];
}

/** First and last column of a label: centred under its tick, moved inward at the edges. */
function spanOf({ column, label }: EpochTick, columns: number): [number, number] {
  const start = Math.max(0, Math.min(columns - label.length, column - Math.floor((label.length - 1) / 2)));
  return [start, start + label.length - 1];
}

function epochLabel(epoch: number): string {
  return epoch < 100_000 ? String(epoch) : formatShortCount(epoch);
}
