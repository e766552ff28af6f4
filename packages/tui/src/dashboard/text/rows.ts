// A picture made of text: rows of runs, each run one style. Panels are drawn as such rows, so that their
// exact width and height are known, and can be tested, before Ink sees them.
import { displayWidth, sliceColumns, truncate } from "../../text/width.ts";

/** Of the terminal's own palette, which its owner has made readable on its background. */
export type Color = "cyan" | "magenta" | "green" | "yellow" | "red" | "blue";

/** A colour of the palette, or red, green and blue as 0xRRGGBB; the nearest that the terminal has is shown. */
export type Paint = Color | number;

/** How a piece of text looks. */
export interface Style {
  readonly color?: Paint | undefined;
  readonly background?: Paint | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
}

/** A piece of a row. */
export interface Run extends Style {
  readonly text: string;
  /** Where the terminal shows real pictures: one row of cells of this one, as many as `text` has columns. */
  readonly picture?: PictureRow | undefined;
}

/** One row of a picture's cells. */
export interface PictureRow {
  readonly picture: CellPicture;
  /** From 0. */
  readonly row: number;
  /** The first that is shown, from 0, where something lies over those before it. */
  readonly column?: number | undefined;
}

/** A picture over a rectangle of cells; another object where its pixels are others. */
export interface CellPicture {
  readonly pixels: { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray };
  /** Cells. */
  readonly columns: number;
  readonly rows: number;
}

/** A row of a screen, as pieces of one style each. */
export type Row = readonly Run[];

/** A piece of text in one style. */
export function run(text: string, style: Style = {}): Run {
  return { ...style, text };
}

/** Columns that a row takes. */
export function rowWidth(row: Row): number {
  return row.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

/** The row's text without its styles. */
export function plainText(row: Row): string {
  return row.map(({ text }) => text).join("");
}

/** Exactly `width` columns: blanks are added at the right, or what is too long is cut. */
export function fitRow(row: Row, width: number, ellipsis = "…"): Row {
  const length = rowWidth(row);
  if (length === width) return row;
  if (length < width) return [...row, run(" ".repeat(width - length))];
  const fitted: Run[] = [];
  let room = width;
  for (const piece of row) {
    const text = truncate(piece.text, room, ellipsis);
    const used = displayWidth(text);
    fitted.push({ ...piece, text });
    room -= used;
    if (text !== piece.text || room <= 0) break;
  }
  markCut(fitted, ellipsis);
  // A wide character that had to go may leave a column free.
  return [...fitted, run(" ".repeat(width - rowWidth(fitted)))];
}

/** The columns from `from` up to, not including, `to`. A wide character that is cut in half becomes a blank. */
export function sliceRow(row: Row, from: number, to: number): Row {
  const kept: Run[] = [];
  let left = 0;
  for (const piece of row) {
    const width = displayWidth(piece.text);
    const first = Math.max(from, left);
    const end = Math.min(to, left + width);
    if (first < end) kept.push(sliceRun(piece, first - left, end - left));
    left += width;
    if (left >= to) break;
  }
  return kept;
}

function sliceRun(piece: Run, from: number, to: number): Run {
  const text = sliceColumns(piece.text, from, to);
  const { picture } = piece;
  if (picture === undefined || from === 0) return { ...piece, text };
  return { ...piece, text, picture: { ...picture, column: (picture.column ?? 0) + from } };
}

/** Exactly `height` rows of exactly `width` columns. */
export function fitRows(rows: readonly Row[], width: number, height: number, ellipsis = "…"): Row[] {
  return Array.from({ length: height }, (_, index) => fitRow(rows[index] ?? [], width, ellipsis));
}

/** `left` at the left edge, `right` at the right edge; where both don't fit, `left` is cut. */
export function spread(left: Row, right: Row, width: number, ellipsis = "…"): Row {
  const rightWidth = rowWidth(right);
  if (rightWidth >= width) return fitRow(right, width, ellipsis);
  return [...fitRow(left, width - rightWidth, ellipsis), ...right];
}

/** The text flush right in `width` columns, cut where it is longer. */
export function alignRight(text: string, width: number, ellipsis = "…"): string {
  const cut = truncate(text, width, ellipsis);
  return " ".repeat(width - displayWidth(cut)) + cut;
}

/** The text cut or filled up with spaces to so many columns. */
export function alignLeft(text: string, width: number, ellipsis = "…"): string {
  const cut = truncate(text, width, ellipsis);
  return cut + " ".repeat(width - displayWidth(cut));
}

/** Fewer runs that look the same: neighbours of one style become one, and blanks join whatever is beside them. */
export function mergeRuns(row: Row): Row {
  const merged: Run[] = [];
  for (const piece of row) {
    const last = merged.at(-1);
    if (piece.text === "") continue;
    if (last === undefined) merged.push(piece);
    else if (last.picture !== undefined || piece.picture !== undefined) merged.push(piece);
    else if (sameStyle(last, piece)) merged[merged.length - 1] = join(last, last, piece);
    else if (isBlank(piece) && !fillsCells(last)) merged[merged.length - 1] = join(last, last, piece);
    else if (isBlank(last) && !fillsCells(piece)) merged[merged.length - 1] = join(piece, last, piece);
    else merged.push(piece);
  }
  return merged;
}

function join(style: Style, left: Run, right: Run): Run {
  return { ...style, text: left.text + right.text };
}

export function sameStyle(a: Style, b: Style): boolean {
  return (
    a.color === b.color &&
    a.background === b.background &&
    (a.bold ?? false) === (b.bold ?? false) &&
    (a.dim ?? false) === (b.dim ?? false) &&
    (a.inverse ?? false) === (b.inverse ?? false)
  );
}

/** Whether they look the same on the screen. */
export function sameRun(a: Run, b: Run): boolean {
  return (
    a.text === b.text &&
    sameStyle(a, b) &&
    a.picture?.picture === b.picture?.picture &&
    a.picture?.row === b.picture?.row &&
    (a.picture?.column ?? 0) === (b.picture?.column ?? 0)
  );
}

/** Whether a blank of this style is seen. */
function fillsCells({ background, inverse }: Style): boolean {
  return background !== undefined || inverse === true;
}

/** Nothing but cells of the screen's own background. */
function isBlank(piece: Run): boolean {
  return !fillsCells(piece) && /^ *$/.test(piece.text);
}

/** A faint remark in the middle of an empty panel. */
export function centred(text: string, width: number, height: number): Row[] {
  const above = Math.max(0, Math.floor((height - 1) / 2));
  const left = Math.max(0, Math.floor((width - displayWidth(text)) / 2));
  return [...Array.from({ length: above }, () => []), [run(" ".repeat(left) + text, { dim: true })]];
}

/** A cut that falls between two runs still shows its mark. */
function markCut(fitted: Run[], ellipsis: string): void {
  const last = fitted.at(-1);
  if (last === undefined || last.text.endsWith(ellipsis)) return;
  const width = displayWidth(last.text);
  if (width < displayWidth(ellipsis)) return;
  const kept = truncate(`${last.text}${ellipsis}${ellipsis}`, width, ellipsis);
  fitted[fitted.length - 1] = { ...last, text: kept };
}
