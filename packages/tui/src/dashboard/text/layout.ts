// Where the parts of the screen lie, from nothing but the size of the terminal. What a tab does with its area is its own.

/** A part of the screen, in cells. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Without a frame text keeps one column from the edges. */
export function indented({ left, top, width, height }: Rect): Rect {
  return { left: left + 1, top, width: width - 2, height };
}

export interface Layout {
  readonly title: Rect;
  readonly tabs: Rect;
  /** Of the tab that is shown. */
  readonly body: Rect;
  readonly progress: Rect;
  readonly hints: Rect;
}

/** A narrower terminal shows no dashboard. */
export const LEAST_COLUMNS = 60;

/** A lower terminal shows no dashboard. */
export const LEAST_ROWS = 18;

/** `undefined` where the terminal is too small. */
export function layoutFor(columns: number, rows: number): Layout | undefined {
  if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) return undefined;
  const progressHeight = columns >= 72 && rows >= 30 ? 4 : 2;
  const line = { left: 0, width: columns, height: 1 };
  const progressTop = rows - 1 - progressHeight;
  return {
    title: { ...line, top: 0 },
    tabs: { ...line, top: 1 },
    body: { left: 0, top: 2, width: columns, height: progressTop - 2 },
    progress: { left: 0, top: progressTop, width: columns, height: progressHeight },
    hints: { ...line, top: rows - 1 },
  };
}
