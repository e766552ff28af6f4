// Where the parts of the Classes tab go: side by side, one below the other, or on pages.

import { LEAST_CLASS_BAR } from "../panels/class-bars.ts";
import { type MatrixSize, matrixSize } from "../panels/confusion-matrix.ts";
import { bodySize, isFramed } from "../panels/headed.ts";
import { tablePages } from "../panels/table.ts";
import type { Rect } from "../text/layout.ts";
import type { Theme } from "../text/theme.ts";

export type ClassPart =
  /** With the classes' bars beside it where they fit. */
  | { readonly kind: "matrix"; readonly size: MatrixSize; readonly bars: boolean }
  /** In place of a matrix that would be too large. */
  | { readonly kind: "pairs" }
  | { readonly kind: "bars"; readonly first: number; readonly end: number }
  | { readonly kind: "histogram" };

export interface PlacedPart {
  readonly part: ClassPart;
  readonly rect: Rect;
  /** Set for the one that scrolling changes. */
  readonly paged: boolean;
}

export interface ClassesLayout {
  readonly framed: boolean;
  readonly pages: number;
  /** What is seen on a page, from 0. */
  readonly placed: (page: number) => readonly PlacedPart[];
}

const HISTOGRAM: ClassPart = { kind: "histogram" };
/** Rows, heading or frame included, below which a histogram says little. */
const LEAST_HISTOGRAM = 9;
/** Columns of the bars and the histogram beside a matrix. */
const LEAST_SIDE = 48;
/** Columns of the bars beside the matrix on one panel, the gap included: comfortable, and the least. */
export const BARS_GAP = 2;
const BARS_BESIDE = [BARS_GAP + 22, BARS_GAP + LEAST_CLASS_BAR];

export function classesLayout(names: readonly string[], area: Rect, theme: Theme): ClassesLayout {
  const framed = isFramed(area);
  if (framed && area.width >= 108) return sideLayout(names, area, theme);
  const topHeight = stackedTop(names, area, framed, theme);
  if (topHeight !== undefined) {
    const top = { ...area, height: topHeight };
    const rest = { ...area, top: area.top + topHeight, height: area.height - topHeight };
    const parts = mainParts(names, top, framed, theme);
    const placed = (page: number): readonly PlacedPart[] => [
      ...place(parts[page], top, true),
      { part: HISTOGRAM, rect: rest, paged: false },
    ];
    return { framed, pages: parts.length, placed };
  }
  const parts = [...mainParts(names, area, framed, theme), HISTOGRAM];
  return { framed, pages: parts.length, placed: (page) => place(parts[page], area, true) };
}

/** The matrix at the left, bars and histogram at its right; where classes are many, the bars are paged. */
function sideLayout(names: readonly string[], area: Rect, theme: Theme): ClassesLayout {
  const most = { ...area, width: area.width - LEAST_SIDE };
  const size = matrixSize(names, ...bodySize(most, true), theme);
  const leftWidth = size ? Math.max(size.width + 4, Math.floor(area.width * 0.4)) : Math.floor(area.width / 2);
  const left = { ...area, width: leftWidth };
  const right = { ...area, left: area.left + leftWidth, width: area.width - leftWidth };
  const barsHeight = Math.min(names.length + 3, area.height - LEAST_HISTOGRAM);
  const bars = { ...right, height: barsHeight };
  const histogram = { ...right, top: area.top + barsHeight, height: area.height - barsHeight };
  const pages = barPages(names, bars, true);
  const main: ClassPart = size ? { kind: "matrix", size, bars: false } : { kind: "pairs" };
  const placed = (page: number): readonly PlacedPart[] => [
    { part: main, rect: left, paged: false },
    ...place(pages[page], bars, true),
    { part: HISTOGRAM, rect: histogram, paged: false },
  ];
  return { framed: true, pages: pages.length, placed };
}

/** Height of what stands above the histogram; `undefined` where there is no room for both. */
function stackedTop(names: readonly string[], area: Rect, framed: boolean, theme: Theme): number | undefined {
  const [width] = bodySize(area, framed);
  const edge = framed ? 2 : 1;
  if (matrixSize(names, width, names.length + 1, theme) === undefined) {
    return area.height >= 3 * LEAST_HISTOGRAM ? area.height - LEAST_HISTOGRAM : undefined;
  }
  const heights = [4, 3, 2, 1].map((cell) => edge + 1 + cell * names.length);
  return heights.find((height) => area.height - height >= LEAST_HISTOGRAM);
}

/** The matrix with its bars, on one page or two; where it doesn't fit, the list of pairs and pages of bars. */
function mainParts(names: readonly string[], area: Rect, framed: boolean, theme: Theme): readonly ClassPart[] {
  const [width, height] = bodySize(area, framed);
  const sizes = BARS_BESIDE.map((bars) => matrixSize(names, width - bars, height, theme));
  const beside = sizes.find((size) => size?.cutsNames === false) ?? sizes.at(-1);
  if (beside) return [{ kind: "matrix", size: beside, bars: true }];
  const alone = matrixSize(names, width, height, theme);
  const bars = barPages(names, area, framed);
  return [alone ? { kind: "matrix", size: alone, bars: false } : { kind: "pairs" }, ...bars];
}

function barPages(names: readonly string[], area: Rect, framed: boolean): readonly ClassPart[] {
  const [, height] = bodySize(area, framed);
  const perPage = Math.max(1, height - 1);
  return Array.from({ length: tablePages(names.length, height) }, (_, page) => {
    const first = page * perPage;
    return { kind: "bars", first, end: Math.min(names.length, first + perPage) };
  });
}

function place(part: ClassPart | undefined, rect: Rect, paged: boolean): readonly PlacedPart[] {
  return part ? [{ part, rect, paged }] : [];
}
