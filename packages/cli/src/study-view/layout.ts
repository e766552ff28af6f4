// Where each panel of a study's screen lies, from nothing but the size of the terminal and how much there is to show.
import { LEAST_COLUMNS, LEAST_ROWS, type Rect } from "@trainscope/tui/parts";

export interface StudyLayout {
  /** Panels have a frame around them. */
  readonly framed: boolean;
  readonly title: Rect;
  readonly overall: Rect;
  /** One line, or a panel where there is room. */
  readonly stages: Rect;
  readonly running: Rect;
  readonly chart: Rect;
  readonly finished: Rect;
  readonly log: Rect;
  readonly hints: Rect;
}

export interface StudyContent {
  readonly stages: number;
  readonly jobs: number;
}

/** Rows that the table of finished trials has at least, with its frame. */
const LEAST_TABLE = 6;

type Panels = Pick<StudyLayout, "stages" | "running" | "chart" | "finished" | "log">;

/** `undefined` where the terminal is too small. Panels never overlap and never leave the terminal. */
export function studyLayoutFor(columns: number, rows: number, content: StudyContent): StudyLayout | undefined {
  if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) return undefined;
  const framed = columns >= 72 && rows >= 24;
  const body: Rect = { left: 0, top: 2, width: columns, height: rows - 3 };
  const panels = !framed
    ? stacked(body, content)
    : columns >= 110
      ? wide(body, content)
      : narrow(body, content);
  return {
    framed,
    title: { left: 0, top: 0, width: columns, height: 1 },
    overall: { left: 0, top: 1, width: columns, height: 1 },
    ...panels,
    hints: { left: 0, top: rows - 1, width: columns, height: 1 },
  };
}

/** One below the other, without frames: the stage's line, what runs, the chart, what is done, the log. */
function stacked(body: Rect, { jobs }: StudyContent): Panels {
  const log = body.height >= 20 ? 2 : 1;
  const running = clamp(jobs, 2, Math.max(2, Math.floor(body.height / 6)));
  const rest = body.height - 1 - running - log;
  const chart = Math.max(6, Math.round(rest * 0.6));
  return below(body, { stages: 1, running, chart, finished: rest - chart, log });
}

/** The stages beside the chart, and below them what runs, what is done and the log. */
function narrow(body: Rect, { stages, jobs }: StudyContent): Panels {
  const log = body.height >= 27 ? 4 : 1;
  const running = 2 + clamp(jobs, 2, Math.max(2, Math.floor(body.height / 7)));
  const rest = body.height - running - log;
  const most = rest - LEAST_TABLE;
  const upper = clamp(Math.round(rest * 0.62), Math.min(stages + 2, most), most);
  const { above, ...lower } = below(body, { above: upper, running, finished: rest - upper, log });
  const width = body.width >= 96 ? 40 : 31;
  return {
    ...lower,
    stages: { ...above, width },
    chart: { ...above, left: width, width: body.width - width },
  };
}

/** Lists at the left: stages, what runs, what is done. The chart and the log at the right. */
function wide(body: Rect, { stages, jobs }: StudyContent): Panels {
  const width = clamp(Math.round(body.width * 0.44), 52, 84);
  const running = 2 + clamp(jobs, 2, Math.max(2, Math.floor(body.height / 5)));
  const list = clamp(stages + 2, 4, Math.max(4, body.height - running - LEAST_TABLE));
  const log = clamp(Math.round(body.height * 0.2), 4, 12);
  return {
    ...below({ ...body, width }, { stages: list, running, finished: body.height - list - running }),
    ...below({ ...body, left: width, width: body.width - width }, { chart: body.height - log, log }),
  };
}

/** Panels of the given heights one below the other, from the top of an area. */
function below<Name extends string>(area: Rect, heights: Readonly<Record<Name, number>>): Record<Name, Rect> {
  let top = area.top;
  const places = Object.entries<number>(heights).map(([name, height]) => {
    const rect: Rect = { ...area, top, height };
    top += height;
    return [name, rect] as const;
  });
  return Object.fromEntries(places) as Record<Name, Rect>;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
