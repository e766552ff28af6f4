// The table of the runs: how their curves look, what they are called, what they differ in, and what came of them.

import { visible } from "@trainscope/core/text";
import { stateInWords } from "@trainscope/runs";
import type { Heading } from "@trainscope/tui/parts";
import {
  alignLeft,
  alignRight,
  COLORS,
  type Row,
  type Run,
  run,
  type Style,
  type Theme,
  validationLine,
} from "@trainscope/tui/parts";
import { displayWidth, formatMetric, formatX, NO_FORMATS } from "@trainscope/tui/text";
import { bestTestRuns, type PlacedRun, testTagOf } from "../comparison.ts";
import { unusualOf, usualSettings } from "../unusual.ts";
import type { ChartScene } from "./chart-rows.ts";
import { isDashed, type Look, looksOf } from "./looks.ts";

interface Column {
  /** As in sort.ts, where the table can be sorted by it. */
  readonly name: string;
  readonly title: string;
  readonly align: "left" | "right";
  /** Where there is no room, the greatest goes first; 0 stays. */
  readonly rank: number;
  readonly most: number;
  readonly textOf: (run: PlacedRun) => string;
  readonly styleOf?: (run: PlacedRun) => Style;
}

const GAP = 2;
/** The cursor, the pin, the line and the letter. */
const MARKS = 6;
const LONGEST_NAME = 28;
const LONGEST_SETTING = 22;
const LONGEST_TOGETHER = 44;
/** Of a text, where it is cut so that another column fits. */
const LEAST_CUT = 14;

/** A header, and as many runs as there is room for, around the selected one. */
export function tableRows(scene: ChartScene, width: number, height: number): Row[] {
  const { comparison, view, shown, theme } = scene;
  const { runs, selected } = shown;
  const [first, end] = windowAround(
    selected === undefined ? 0 : runs.indexOf(selected),
    runs.length,
    height - 1,
  );
  const page = runs.slice(first, end);
  const columns = arranged(scene, page, width - MARKS);
  const looks = looksOf(comparison.runs, runs, view.pinned);
  const { ellipsis } = theme.glyphs;
  const header: Row = [
    run(" ".repeat(MARKS)),
    ...columns.map((column, at) => {
      const isSorted = column.name === view.sort;
      return run(cell(headOf(column, view.reversed, isSorted, theme), column, at), {
        dim: !isSorted,
        bold: isSorted,
      });
    }),
  ];
  const lines = page.map((one): Row => {
    const isSelected = one === selected;
    return [
      ...markRuns(one, isSelected, looks.get(one), scene),
      ...columns.map((column, at) => {
        const style = column.styleOf?.(one) ?? {};
        const bold = isSelected || view.pinned.has(one.key) || style.bold === true;
        return run(cell(visible(column.textOf(one)), column, at), { ...style, bold });
      }),
    ];
  });
  return [header, ...lines];

  function cell(text: string, column: Fitted, at: number): string {
    const align = column.align === "left" ? alignLeft : alignRight;
    return (at === 0 ? "" : " ".repeat(GAP)) + align(text, column.width, ellipsis);
  }
}

/** What is shown of how many, and what they are sorted by. */
export function tableHeading({ comparison, view, shown, theme }: ChartScene, room: number): Heading {
  const { runs, selected } = shown;
  const { glyphs } = theme;
  const [first, end] = windowAround(selected === undefined ? 0 : runs.indexOf(selected), runs.length, room);
  const part = runs.length > room ? `${first + 1}${glyphs.dash}${end} of ${runs.length}` : "";
  const hidden = comparison.runs.length - runs.length;
  const parts = [part, hidden > 0 ? `${hidden} hidden` : "", `sorted: ${visible(view.sort)}`];
  const legend = (words: readonly string[]): Row => [
    run(words.filter((word) => word !== "").join(`  ${glyphs.dot}  `), { dim: true }),
  ];
  return { title: "Runs", legends: [legend(parts), legend(parts.slice(0, 2))] };
}

/** First row that is shown, and the first after it that isn't: the selected one as near to the middle as there is room. */
export function windowAround(selected: number, length: number, room: number): readonly [number, number] {
  const visible = Math.max(1, room);
  const first = Math.max(0, Math.min(length - visible, selected - Math.floor(visible / 2)));
  return [first, Math.min(length, first + visible)];
}

function markRuns(
  one: PlacedRun,
  isSelected: boolean,
  look: Look | undefined,
  { view, theme }: ChartScene,
): Run[] {
  const { glyphs } = theme;
  const line =
    look && (isDashed(look, theme.color) ? validationLine({ ...theme, color: false }) : glyphs.trainLine);
  return [
    run(isSelected ? ">" : " ", { bold: true, color: COLORS.brand }),
    run(view.pinned.has(one.key) ? glyphs.brand : " ", { color: COLORS.brand }),
    run(line ?? "  ", { color: look?.color }),
    run(`${look?.letter ?? " "} `, { color: look?.color, bold: true }),
  ];
}

function headOf({ title }: Column, reversed: boolean, isSorted: boolean, { glyphs }: Theme): string {
  return isSorted ? `${title}${reversed ? glyphs.up : glyphs.down}` : title;
}

/** Each setting has a column where there is room for all of them; else one tells what sets the runs apart. */
function arranged(scene: ChartScene, page: readonly PlacedRun[], width: number): readonly Fitted[] {
  const { comparison } = scene;
  const each = comparison.differing.map(
    (name): Column => ({
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
  const together: Column = {
    name: "settings",
    title: "settings",
    align: "left",
    rank: 1,
    most: LONGEST_TOGETHER,
    textOf: (one) => unusualOf(one, comparison, usual) || "as most",
  };
  return fitting(columnsOf(scene, [together]), page, width);
}

function columnsOf({ comparison, shown, theme }: ChartScene, settings: readonly Column[]): readonly Column[] {
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

interface Fitted extends Column {
  readonly width: number;
}

/** Rank by rank what still fits; each as wide as it needs on this page, but that one text is cut for the next. */
function fitting(columns: readonly Column[], page: readonly PlacedRun[], width: number): readonly Fitted[] {
  const sized = columns.map((column): Fitted => {
    const widest = Math.max(...page.map((one) => displayWidth(visible(column.textOf(one)))), 1);
    // A head that the table is sorted by has an arrow.
    return { ...column, width: Math.max(displayWidth(column.title) + 1, Math.min(column.most, widest)) };
  });
  const byRank = sized.toSorted((one, other) => one.rank - other.rank);
  const kept = new Map<Column, number>();
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
