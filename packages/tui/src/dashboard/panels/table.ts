// A table of texts whose columns are as wide as they need; where there is no room, those of low rank come first.
import { displayWidth } from "../../text/width.ts";
import { alignLeft, alignRight, type Row, run, type Style } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";

export interface Column {
  readonly title: string;
  readonly cells: readonly string[];
  readonly align: "left" | "right";
  /** 0 stays in any case. */
  readonly rank: number;
  readonly style?: Style;
}

const GAP = 2;

/** How many pages so many lines take below their header. */
export function tablePages(lines: number, height: number): number {
  return Math.max(1, Math.ceil(lines / Math.max(1, height - 1)));
}

/** A header and the lines of one page. */
export function tableRows(
  columns: readonly Column[],
  page: number,
  width: number,
  height: number,
  { glyphs }: Theme,
): Row[] {
  const shown = shownColumns(columns, width);
  const room = Math.max(1, height - 1);
  const lines = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const indices = Array.from(
    { length: Math.max(0, Math.min(room, lines - page * room)) },
    (_, i) => page * room + i,
  );
  const line = (textOf: (column: Column) => string, styleOf: (column: Column) => Style): Row =>
    shown.map((column, place) => {
      const columnWidth = Math.min(widthOf(column), width);
      const align = column.align === "left" ? alignLeft : alignRight;
      const gap = place === 0 ? "" : " ".repeat(GAP);
      return run(gap + align(textOf(column), columnWidth, glyphs.ellipsis), styleOf(column));
    });
  return [
    line(
      ({ title }) => title,
      () => ({ dim: true }),
    ),
    ...indices.map((index) =>
      line(
        ({ cells }) => cells[index] ?? "",
        ({ style }) => style ?? {},
      ),
    ),
  ];
}

/** Rank by rank whatever still fits. */
function shownColumns(columns: readonly Column[], width: number): readonly Column[] {
  const ranks = [...new Set(columns.map(({ rank }) => rank))].sort((a, b) => a - b);
  const kept = new Set<number>();
  for (const rank of ranks) {
    const wider = columns.filter((column) => kept.has(column.rank) || column.rank === rank);
    if (rank === 0 || totalWidth(wider) <= width) kept.add(rank);
  }
  return columns.filter(({ rank }) => kept.has(rank));
}

function totalWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + widthOf(column) + GAP, -GAP);
}

function widthOf({ title, cells }: Column): number {
  return Math.max(displayWidth(title), ...cells.map(displayWidth));
}
