// Any matrix as a heat map: with its numbers where they fit, else in shades, and where there are more entries than
// cells, each cell is the greatest of those that it stands for.
import { displayWidth } from "../../text/width.ts";
import { alignLeft, alignRight, type Row, type Run, run } from "../text/rows.ts";
import { abbreviate } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";
import { hasShades, heatStyle } from "./answer-colors.ts";

export type Matrix = readonly (readonly (number | null)[])[];

const LEAST_LABEL = 3;
const MOST_LABEL = 14;
/** From faint to full, without colours. */
const SHADES = [" ", "░", "▒", "▓", "█"];
const ASCII_SHADES = [" ", ".", ":", "+", "#"];

/** `names` are those of the classes where rows and columns are classes. None where nothing fits. */
export function heatMapRows(
  matrix: Matrix,
  names: readonly string[] | undefined,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const across = matrix[0]?.length ?? 0;
  if (across === 0) return [];
  const map: HeatMap = { matrix, names, across, largest: largestOf(matrix), theme };
  const hasRoom = height > matrix.length && width > 2 * across;
  return (hasRoom ? numberRows(map, width, height) : undefined) ?? shadeRows(map, width, height);
}

interface HeatMap {
  readonly matrix: Matrix;
  readonly names: readonly string[] | undefined;
  /** Entries of a row. */
  readonly across: number;
  /** Of all entries, without signs. */
  readonly largest: number;
  readonly theme: Theme;
}

function largestOf(matrix: Matrix): number {
  let largest = 0;
  for (const row of matrix) for (const value of row) largest = Math.max(largest, Math.abs(value ?? 0));
  return largest;
}

/** `undefined` where a number has no room. */
function numberRows(map: HeatMap, width: number, height: number): Row[] | undefined {
  const { matrix, across, theme } = map;
  const kind = entryKind(matrix);
  const texts = matrix.map((row) => row.map((value) => entryText(value, kind)));
  const longest = Math.max(...texts.map((row) => Math.max(...row.map((text) => text.length))));
  const cellHeight = Math.min(4, Math.floor((height - 1) / matrix.length));
  const rowNames = map.names ?? matrix.map((_, i) => String(i));
  const wish = Math.min(MOST_LABEL, Math.max(...rowNames.map(displayWidth)) + 1);
  const label = Math.min(wish, width - across * (longest + 1));
  if (cellHeight < 1 || label < Math.min(LEAST_LABEL, wish)) return undefined;
  const cellWidth = Math.min(Math.max(longest + 1, 2 * cellHeight + 3), Math.floor((width - label) / across));
  const columnNames = map.names ?? Array.from({ length: across }, (_, j) => String(j));
  const header: Row = [
    run(" ".repeat(label)),
    ...abbreviate(columnNames, cellWidth - 1).map((name) => run(alignRight(name, cellWidth), { dim: true })),
  ];
  const middle = Math.floor((cellHeight - 1) / 2);
  const body = matrix.flatMap((row, i) =>
    Array.from({ length: cellHeight }, (_, line): Row => {
      const title = line === middle ? (rowNames[i] ?? "") : "";
      return [
        run(`${alignLeft(title, label - 1, theme.glyphs.ellipsis)} `),
        ...row.map((value, j) => {
          const text = line === middle ? (texts[i]?.[j] ?? "") : "";
          return run(alignRight(text, cellWidth), styleOf(map, value, i, j));
        }),
      ];
    }),
  );
  return [header, ...body];
}

type EntryKind = "count" | "share" | "number";

/** Shares in per cent, counts as they are, and other numbers to two digits. */
function entryText(value: number | null, kind: EntryKind): string {
  if (value === null) return "-";
  if (kind === "share") return (100 * value).toFixed(0);
  return kind === "count" ? String(value) : String(Number(value.toPrecision(2)));
}

/** What the entries of a matrix are, by their values. */
export function entryKind(matrix: Matrix): EntryKind {
  const isEvery = (test: (value: number) => boolean): boolean =>
    matrix.every((row) => row.every((value) => value === null || test(value)));
  if (isEvery((value) => Number.isInteger(value) && Math.abs(value) < 1e6)) return "count";
  return isEvery((value) => value >= 0 && value <= 1) ? "share" : "number";
}

/** What is below 0, and what was answered wrongly, has the other colour. */
function styleOf({ names, largest, theme }: HeatMap, value: number | null, i: number, j: number) {
  if (value === null || largest === 0) return { dim: true };
  const isRight = names === undefined ? value >= 0 : i === j;
  // What is wrong has the whole of its colour at a half already.
  return heatStyle(Math.abs(value) / largest / (isRight ? 1 : 2), isRight, theme);
}

function shadeRows(map: HeatMap, width: number, height: number): Row[] {
  const { matrix, across, largest, theme } = map;
  const rows = Math.min(matrix.length, height);
  const perEntry = across * 2 <= width ? 2 : 1;
  const columns = Math.min(across, Math.floor(width / perEntry));
  const shades = theme.ascii ? ASCII_SHADES : SHADES;
  return Array.from({ length: rows }, (_, row): Row => {
    return Array.from({ length: columns }, (_, column): Run => {
      const { value, i, j } = greatest(matrix, part(row, rows, matrix.length), part(column, columns, across));
      if (hasShades(theme)) return run(" ".repeat(perEntry), styleOf(map, value, i, j));
      const share = largest === 0 ? 0 : Math.abs(value ?? 0) / largest;
      const shade = shades[Math.ceil(share * (shades.length - 1))] ?? " ";
      return run(shade.repeat(perEntry));
    });
  });
}

/** The entries that a cell stands for, at least one: from the first up to, and without, the second. */
function part(cell: number, cells: number, entries: number): readonly [number, number] {
  // Whole numbers are multiplied first: a share such as 29/100 is rounded, and comes to the entry before.
  const first = Math.floor((cell * entries) / cells);
  return [first, Math.max(first + 1, Math.floor(((cell + 1) * entries) / cells))];
}

/** Without its sign, among the entries of a part of the matrix; on the diagonal first, so that it is seen as one. */
function greatest(
  matrix: Matrix,
  [top, bottom]: readonly [number, number],
  [left, right]: readonly [number, number],
) {
  let found: { value: number | null; i: number; j: number } | undefined;
  for (let i = top; i < bottom; i++) {
    for (let j = left; j < right; j++) {
      const value = matrix[i]?.[j] ?? null;
      if (found === undefined || Math.abs(value ?? 0) > Math.abs(found.value ?? 0)) found = { value, i, j };
    }
  }
  return found ?? { value: null, i: 0, j: 0 };
}
