// The leaderboard: the settings that were tried, the best first, what they came to and how far they are.
import { COLORS, centred, type Heading, type Row, type Style } from "@trainscope/tui/parts";
import { displayWidth } from "@trainscope/tui/text";
import { type Column, GAP, headingOf, linesOf, MARKS, windowAround } from "../../../screens/table-rows.ts";
import { figureState, formatDeviation, formatMean } from "../results.ts";
import { pointTexts } from "../swept-settings.ts";
import type { BoardCandidate } from "./board.ts";
import type { BoardScene } from "./scene.ts";
import { type CandidateState, stateOf } from "./view.ts";

interface SettingColumn extends Column<BoardCandidate> {
  /** Where there is no room, the greatest goes first; 0 stays. */
  readonly rank: number;
}

interface Fitted extends SettingColumn {
  readonly width: number;
}

const LONGEST = 22;

/** A header, and as many candidates as there is room for, around the selected one. */
export function tableRows(scene: BoardScene, width: number, height: number): Row[] {
  const { shown, view, looks, theme } = scene;
  const { rows, selected, all } = shown;
  if (rows.length === 0) {
    return centred(
      all.length === 0 ? "waiting for the first training" : "nothing fits the filter",
      width,
      height,
    );
  }
  const page = rows.slice(...windowAround(rows, selected, height - 1));
  const columns = fitted(columnsOf(scene), page, width - MARKS);
  return linesOf(page, columns, { view, selected, looks, theme });
}

/** What is shown of how many, and what they are sorted by. */
export function tableHeading({ shown, ...scene }: BoardScene, room: number): Heading {
  return headingOf("Leaderboard", { ...shown, all: shown.all.length }, scene, room);
}

function columnsOf({ board, shown, theme }: BoardScene): readonly SettingColumn[] {
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
  const figure: SettingColumn = {
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
  const spread: SettingColumn = {
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
      (name): SettingColumn => ({
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
function fitted(
  columns: readonly SettingColumn[],
  page: readonly BoardCandidate[],
  width: number,
): readonly Fitted[] {
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
