// Where each panel of the screen lies, from nothing but the size of the terminal and how many lanes there are.
import { innerSize, LEAST_COLUMNS, LEAST_ROWS, type Rect } from "@trainscope/tui/parts";

export interface BoardLayout {
  /** The panels have a frame around them. */
  readonly framed: boolean;
  readonly title: Rect;
  readonly progress: Rect;
  readonly table: Rect;
  /** Where there is room for one of curves and map, both have the same place, and one is shown. */
  readonly curves: Rect;
  readonly map: Rect;
  readonly both: boolean;
  readonly lanes: Rect;
  readonly detail: Rect;
  readonly hints: Rect;
}

/** From here on the table stands beside the curves. */
const WIDE = 140;
/** From here on the map stands beside the curves. */
const LEAST_BOTH = 76;
const MOST_LANES = 6;

/** `undefined` where the terminal is too small. Panels never overlap and never leave the terminal. */
export function boardLayoutFor(columns: number, rows: number, lanes: number): BoardLayout | undefined {
  if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) return undefined;
  const framed = columns >= 72 && rows >= 24;
  const edges = framed ? 2 : 1;
  const line = { left: 0, width: columns, height: 1 };
  const most = rows >= 40 ? MOST_LANES : rows >= 30 ? 3 : 2;
  // On a low terminal the lanes do without a frame.
  const lanesHeight = Math.max(1, Math.min(lanes, most)) + (rows >= 30 ? edges : 0);
  const bottom = rows - 2;
  const body: Rect = { left: 0, top: 2, width: columns, height: bottom - 2 - lanesHeight };
  return {
    framed,
    title: { ...line, top: 0 },
    progress: { ...line, top: 1 },
    ...(columns >= WIDE ? beside(body) : below(body)),
    lanes: { ...line, top: bottom - lanesHeight, height: lanesHeight },
    detail: { ...line, top: bottom },
    hints: { ...line, top: rows - 1 },
  };
}

type Middle = Pick<BoardLayout, "table" | "curves" | "map" | "both">;

function beside(body: Rect): Middle {
  const width = Math.min(100, Math.round(body.width * 0.45));
  const right = { ...body, left: width, width: body.width - width };
  if (body.height < 20) return { table: { ...body, width }, curves: right, map: right, both: false };
  const height = Math.ceil(body.height * 0.55);
  return {
    table: { ...body, width },
    curves: { ...right, height },
    map: { ...right, top: right.top + height, height: body.height - height },
    both: true,
  };
}

function below(body: Rect): Middle {
  const height = Math.max(5, Math.floor(body.height * 0.5));
  const table = { ...body, height };
  const rest = { ...body, top: body.top + height, height: body.height - height };
  if (body.width < LEAST_BOTH) return { table, curves: rest, map: rest, both: false };
  const width = Math.ceil(body.width * 0.5);
  return {
    table,
    curves: { ...rest, width },
    map: { ...rest, left: width, width: body.width - width },
    both: true,
  };
}

/** Candidates that the table has room for below its header. */
export function tableRoom({ framed, table }: BoardLayout): number {
  return Math.max(1, (framed ? innerSize(0, table.height)[1] : table.height - 1) - 1);
}
