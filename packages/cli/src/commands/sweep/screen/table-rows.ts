// The leaderboard: the settings that were tried, the best first, what they came to and how far they are.
import { visible } from "@trainscope/core/text";
import type { Heading } from "@trainscope/tui/parts";
import {
  alignLeft,
  alignRight,
  COLORS,
  centred,
  type Row,
  type Run,
  run,
  type Style,
  validationLine,
} from "@trainscope/tui/parts";
import { displayWidth } from "@trainscope/tui/text";
import { isDashed } from "../../../compare/screen/looks.ts";
import { windowAround } from "../../../compare/screen/table-rows.ts";
import { figureState, formatDeviation, formatMean } from "../results.ts";
import { pointTexts } from "../swept-settings.ts";
import type { BoardCandidate } from "./board.ts";
import type { BoardScene } from "./scene.ts";
import { type CandidateState, stateOf } from "./view.ts";

interface Column {
  /** As `sortColumns` has it. */
  readonly name: string;
  readonly title: string;
  readonly align: "left" | "right";
  readonly textOf: (one: BoardCandidate) => string;
  readonly styleOf?: (one: BoardCandidate) => Style;
  /** Where there is no room, the greatest goes first; 0 stays. */
  readonly rank: number;
}

interface Fitted extends Column {
  readonly width: number;
}

const GAP = 2;
/** The cursor, the pin, the line and the letter. */
const MARKS = 6;
const LONGEST = 22;

/** A header, and as many candidates as there is room for, around the selected one. */
export function tableRows(scene: BoardScene, width: number, height: number): Row[] {
  const { shown, view, theme } = scene;
  const { rows, selected, all } = shown;
  if (rows.length === 0) {
    return centred(
      all.length === 0 ? "waiting for the first training" : "nothing fits the filter",
      width,
      height,
    );
  }
  const [first, end] = windowAround(
    selected === undefined ? 0 : rows.indexOf(selected),
    rows.length,
    height - 1,
  );
  const page = rows.slice(first, end);
  const columns = fitted(columnsOf(scene), page, width - MARKS);
  const { ellipsis, up, down } = theme.glyphs;
  const cell = (text: string, { align, width: columnWidth }: Fitted, at: number): string =>
    " ".repeat(at === 0 ? 0 : GAP) + (align === "left" ? alignLeft : alignRight)(text, columnWidth, ellipsis);
  const header: Row = [
    run(" ".repeat(MARKS)),
    ...columns.map((column, at) => {
      const isSorted = column.name === view.sort;
      const title = isSorted ? `${column.title}${view.reversed ? up : down}` : column.title;
      return run(cell(title, column, at), { dim: !isSorted, bold: isSorted });
    }),
  ];
  return [
    header,
    ...page.map(
      (one): Row => [
        ...markRuns(one, scene),
        ...columns.map((column, at) => {
          const style = column.styleOf?.(one) ?? {};
          const bold = one === selected || view.pinned.has(one.key) || style.bold === true;
          return run(cell(visible(column.textOf(one)), column, at), { ...style, bold });
        }),
      ],
    ),
  ];
}

/** What is shown of how many, and what they are sorted by. */
export function tableHeading({ shown, view, theme }: BoardScene, room: number): Heading {
  const { rows, selected, all } = shown;
  const { glyphs } = theme;
  const [first, end] = windowAround(selected === undefined ? 0 : rows.indexOf(selected), rows.length, room);
  const part = rows.length > room ? `${first + 1}${glyphs.dash}${end} of ${rows.length}` : "";
  const hidden = all.length - rows.length;
  const parts = [part, hidden > 0 ? `${hidden} hidden` : "", `sorted: ${view.sort}`].filter(
    (text) => text !== "",
  );
  return { title: "Leaderboard", legends: [[run(parts.join(`  ${glyphs.dot}  `), { dim: true })]] };
}

function markRuns(one: BoardCandidate, { shown, view, looks, theme }: BoardScene): Run[] {
  const { glyphs } = theme;
  const look = looks.get(one);
  const dashed = look !== undefined && isDashed(look, theme.color);
  const line = look && (dashed ? validationLine({ ...theme, color: false }) : glyphs.trainLine);
  return [
    run(one === shown.selected ? ">" : " ", { bold: true, color: COLORS.brand }),
    run(view.pinned.has(one.key) ? glyphs.brand : " ", { color: COLORS.brand }),
    run(line ?? "  ", { color: look?.color }),
    run(`${look?.letter ?? " "} `, { color: look?.color, bold: true }),
  ];
}

function columnsOf({ board, shown, theme }: BoardScene): readonly Column[] {
  const {
    objective = "validation/accuracy",
    settings,
    seeds,
  } = {
    ...board.start?.definition,
    settings: shown.settings,
    seeds: board.start?.definition.seeds ?? 1,
  };
  const isBest = (one: BoardCandidate): boolean => shown.ranks.get(one) === 1 && one.outcome?.mean !== null;
  const figure: Column = {
    name: "figure",
    title: objective.replace("validation/", "val "),
    align: "right",
    rank: 0,
    textOf(one) {
      if (one.outcome === undefined) return "-";
      const text = formatMean(objective, one.outcome);
      return isBest(one) ? `${theme.glyphs.star} ${text}` : text;
    },
    styleOf(one) {
      if (isBest(one)) return { color: COLORS.good, bold: true };
      return one.outcome?.mean === null ? STATE_STYLES[figureState(one.outcome)] : {};
    },
  };
  const spread: Column = {
    name: "deviation",
    title: theme.ascii ? "+-" : "±",
    align: "right",
    rank: 2,
    textOf: ({ outcome }) => formatDeviation(objective, outcome?.deviation ?? null),
  };
  return [
    {
      name: "rank",
      title: "rank",
      align: "right",
      rank: 0,
      textOf: (one) => String(shown.ranks.get(one) ?? "-"),
    },
    ...settings.map(
      (name): Column => ({
        name,
        title: name,
        align: "left",
        rank: 1,
        textOf: ({ point }) => pointTexts(point).find(([other]) => other === name)?.[1] ?? "-",
      }),
    ),
    figure,
    ...(seeds > 1 ? [spread] : []),
    {
      name: "epochs",
      title: "epochs",
      align: "right",
      rank: 2,
      textOf: ({ outcome }) => (outcome === undefined ? "-" : String(outcome.epochs)),
    },
    {
      name: "state",
      title: "state",
      align: "left",
      rank: 3,
      textOf: stateOf,
      styleOf: (one) => STATE_STYLES[stateOf(one)],
    },
  ];
}

const STATE_STYLES = {
  running: { color: COLORS.good },
  diverged: { color: COLORS.bad },
  lost: { color: COLORS.caution },
  waiting: { dim: true },
  done: { dim: true },
} as const satisfies Record<CandidateState, Style>;

/** Columns of the greatest rank go until the rest has room; within a rank the last goes first. */
function fitted(columns: readonly Column[], page: readonly BoardCandidate[], width: number): readonly Fitted[] {
  let kept = columns.map((column): Fitted => {
    const texts = page.map((one) => displayWidth(column.textOf(one)));
    return { ...column, width: Math.min(LONGEST, Math.max(displayWidth(column.title) + 1, ...texts)) };
  });
  const total = (): number => kept.reduce((sum, column) => sum + column.width + GAP, -GAP);
  while (total() > width) {
    const most = Math.max(...kept.map(({ rank }) => rank));
    if (most === 0) break;
    const last = kept.findLast(({ rank }) => rank === most);
    kept = kept.filter((column) => column !== last);
  }
  return kept;
}
