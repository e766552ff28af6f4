// Where each panel of the screen lies, from nothing but the size of the terminal and how many runs there are.
import { innerSize, LEAST_COLUMNS, LEAST_ROWS, type Rect } from "@trainscope/tui/parts";

export interface CompareLayout {
  /** Chart and table have a frame around them. */
  readonly framed: boolean;
  readonly title: Rect;
  readonly chart: Rect;
  readonly table: Rect;
  /** What is said of the selected run. */
  readonly detail: Rect;
  readonly hints: Rect;
}

const LEAST_TABLE = 5;
/** From here on the table stands beside the chart. */
const WIDE = 150;

/** `undefined` where the terminal is too small. Panels never overlap and never leave the terminal. */
export function compareLayoutFor(columns: number, rows: number, runs: number): CompareLayout | undefined {
  if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) return undefined;
  const framed = columns >= 72 && rows >= 24;
  const line = { left: 0, width: columns, height: 1 };
  const detailHeight = rows >= 32 ? 3 : rows >= 24 ? 2 : 1;
  const body: Rect = { left: 0, top: 1, width: columns, height: rows - 2 - detailHeight };
  return {
    framed,
    title: { ...line, top: 0 },
    ...(columns >= WIDE ? beside(body) : below(body, runs, framed)),
    detail: { ...line, top: rows - 1 - detailHeight, height: detailHeight },
    hints: { ...line, top: rows - 1 },
  };
}

function beside(body: Rect): Pick<CompareLayout, "chart" | "table"> {
  const width = Math.min(110, Math.round(body.width * 0.48));
  const chart = { ...body, width: body.width - width };
  return { chart, table: { ...body, left: chart.width, width } };
}

/** The chart comes first; the table is as high as it needs, up to less than a half. */
function below(body: Rect, runs: number, framed: boolean): Pick<CompareLayout, "chart" | "table"> {
  const wanted = runs + 1 + (framed ? 2 : 1);
  const height = Math.max(LEAST_TABLE, Math.min(wanted, Math.floor(body.height * 0.45)));
  const chart = { ...body, height: body.height - height };
  return { chart, table: { ...body, top: body.top + chart.height, height } };
}

/** Runs that the table has room for below its header. */
export function tableRoom({ framed, table }: CompareLayout): number {
  return Math.max(1, (framed ? innerSize(0, table.height)[1] : table.height - 1) - 1);
}
