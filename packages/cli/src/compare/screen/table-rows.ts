// The table of the runs: how their curves look, what they are called, what they differ in, and what came of them.

import { visible } from "@trainscope/core/text";
import { stateInWords } from "@trainscope/runs";
import { COLORS, type Heading, type Row, type Style } from "@trainscope/tui/parts";
import { displayWidth, formatMetric, formatX, NO_FORMATS } from "@trainscope/tui/text";
import { looksOf } from "../../screens/looks.ts";
import { type Column, GAP, headingOf, linesOf, MARKS, windowAround } from "../../screens/table-rows.ts";
import { bestTestRuns, type PlacedRun, testTagOf } from "../comparison.ts";
import { unusualOf, usualSettings } from "../unusual.ts";
import type { ChartScene } from "./chart-rows.ts";

interface RunColumn extends Column<PlacedRun> {
  /** Where there is no room, the greatest goes first; 0 stays. */
  readonly rank: number;
  readonly most: number;
}

const LONGEST_NAME = 28;
const LONGEST_SETTING = 22;
const LONGEST_TOGETHER = 44;
/** A text that is cut so that another column fits keeps so many cells. */
const LEAST_CUT = 14;

/** A header, and as many runs as there is room for, around the selected one. */
export function tableRows(scene: ChartScene, width: number, height: number): Row[] {
  const { comparison, view, shown, theme } = scene;
  const { runs, selected } = shown;
  const page = runs.slice(...windowAround(runs, selected, height - 1));
  const looks = looksOf(comparison.runs, runs, view.pinned);
  return linesOf(page, arranged(scene, page, width - MARKS), { view, selected, looks, theme });
}

/** What is shown of how many, and what they are sorted by. */
export function tableHeading({ comparison, shown, ...scene }: ChartScene, room: number): Heading {
  const { runs: rows, selected } = shown;
  return headingOf("Runs", { rows, all: comparison.runs.length, selected }, scene, room);
}

/** Each setting has a column where there is room for all of them; else one tells what sets the runs apart. */
function arranged(scene: ChartScene, page: readonly PlacedRun[], width: number): readonly Fitted[] {
  const { comparison } = scene;
  const each = comparison.differing.map(
    (name): RunColumn => ({
      name,
      title: visible(name),
      align: "left",
      rank: 1,
      most: LONGEST_SETTING,
      textOf: ({ settings }) => settings.get(name) ?? "-",
    }),
  );
  const columns = columnsOf(scene, each);
  const fitted = fitting(columns, page, width);
  if (fitted.length === columns.length) return fitted;
  const usual = usualSettings(comparison);
  const together: RunColumn = {
    name: "settings",
    title: "settings",
    align: "left",
    rank: 1,
    most: LONGEST_TOGETHER,
    textOf: (one) => unusualOf(one, comparison, usual) || "as most",
  };
  return fitting(columnsOf(scene, [together]), page, width);
}

function columnsOf(
  { comparison, shown, theme }: ChartScene,
  settings: readonly RunColumn[],
): readonly RunColumn[] {
  const { metric, runs, best } = shown;
  const { glyphs } = theme;
  const bestTest = metric ? bestTestRuns(runs, metric) : new Set<PlacedRun>();
  const good = (isBest: boolean): Style => (isBest ? { color: COLORS.good, bold: true } : {});
  const starred = (text: string, isBest: boolean): string => (isBest ? `${glyphs.star} ${text}` : text);
  const tag = metric?.tag ?? "";
  return [
    { name: "name", title: "run", align: "left", rank: 0, most: LONGEST_NAME, textOf: ({ name }) => name },
    ...settings,
    {
      name: "best",
      title: "best",
      align: "right",
      rank: 0,
      most: LONGEST_SETTING,
      textOf: (one) => {
        const text = metric ? formatMetric(metric, one.best.get(tag)?.value, NO_FORMATS) : "-";
        return starred(text, best.has(one));
      },
      styleOf: (one) => good(best.has(one)),
    },
    {
      name: "best epoch",
      title: comparison.axis ?? "at",
      align: "right",
      rank: 3,
      most: 8,
      textOf: (one) => {
        const found = one.best.get(tag);
        return found ? formatX(found.x) : "-";
      },
    },
    {
      name: "test",
      title: "test",
      align: "right",
      rank: 1,
      most: LONGEST_SETTING,
      textOf: (one) => {
        const text = metric ? formatMetric(metric, one.test[testTagOf(metric)], NO_FORMATS) : "-";
        return starred(text, bestTest.has(one));
      },
      styleOf: (one) => good(bestTest.has(one)),
    },
    {
      name: "done",
      title: "done",
      align: "right",
      rank: 4,
      most: 11,
      textOf: ({ epochs }) => `${epochs.done}/${epochs.planned ?? "-"}`,
    },
    {
      name: "state",
      title: "state",
      align: "left",
      rank: 2,
      most: 15,
      textOf: ({ state, problems }) => stateInWords(state) + (problems.length > 0 ? ` ${glyphs.warning}` : ""),
      styleOf: ({ state, problems }) =>
        problems.length > 0 ? { color: COLORS.caution } : { color: STATE_COLORS[state] },
    },
  ];
}

const STATE_COLORS: Readonly<Partial<Record<PlacedRun["state"], Style["color"]>>> = {
  running: COLORS.good,
  silent: COLORS.caution,
  died: COLORS.bad,
  diverged: COLORS.bad,
  failed: COLORS.bad,
};

interface Fitted extends RunColumn {
  readonly width: number;
}

/** Rank by rank what still fits; each as wide as it needs on this page, but that one text is cut for the next. */
function fitting(columns: readonly RunColumn[], page: readonly PlacedRun[], width: number): readonly Fitted[] {
  const sized = columns.map((column): Fitted => {
    const widest = Math.max(...page.map((one) => displayWidth(visible(column.textOf(one)))), 1);
    // A head that the table is sorted by has an arrow.
    return { ...column, width: Math.max(displayWidth(column.title) + 1, Math.min(column.most, widest)) };
  });
  const byRank = sized.toSorted((one, other) => one.rank - other.rank);
  const kept = new Map<RunColumn, number>();
  let used = -GAP;
  for (const column of byRank) {
    // What always stays, figures of the same rank, and what comes next to them are not pushed out by a long text.
    const isFlexible = column.most === LONGEST_TOGETHER;
    const least = column.rank + Number(isFlexible);
    const later = byRank.filter((other) => !kept.has(other) && other !== column && other.rank <= least);
    const reserved = later.reduce((sum, one) => sum + GAP + one.width, 0);
    const room = width - used - GAP - reserved;
    const size = column.width <= room ? column.width : isFlexible ? room : 0;
    if (column.rank > 0 && size < Math.min(LEAST_CUT, column.width)) continue;
    kept.set(column, column.rank === 0 ? column.width : size);
    used += GAP + (column.rank === 0 ? column.width : size);
  }
  return sized.flatMap((column) => {
    const found = kept.get(column);
    return found === undefined ? [] : [{ ...column, width: found }];
  });
}
