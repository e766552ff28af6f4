// What of the board is looked at, and how: what keys change, and no event does.
import { FIRST_TABLE_VIEW, type TableView } from "../../../screens/table-view.ts";
import { scoreOf } from "../definition.ts";
import { type FigureState, figureState, settingColumns } from "../results.ts";
import { SWEPT_FLAGS } from "../swept-flags.ts";
import { describePoint, pointTexts } from "../swept-settings.ts";
import type { Board, BoardCandidate } from "./board.ts";

export interface BoardView extends TableView {
  /** Which of the pairs of settings the map shows. */
  readonly pair: number;
  /** The map in place of the curves, where there is room for one of them. */
  readonly map: boolean;
  /** `q` was pressed once. */
  readonly quitting: boolean;
}

export const FIRST_VIEW: BoardView = {
  ...FIRST_TABLE_VIEW,
  sort: "rank",
  pair: 0,
  map: false,
  quitting: false,
};

/** What follows from a board and a view, for all that is drawn. */
export interface ShownBoard {
  readonly all: readonly BoardCandidate[];
  /** From 1, by candidate; those with an outcome. */
  readonly ranks: ReadonlyMap<BoardCandidate, number>;
  /** Those that match the filter or are pinned, the best first. */
  readonly ranked: readonly BoardCandidate[];
  /** The same in the table's order. */
  readonly rows: readonly BoardCandidate[];
  readonly selected: BoardCandidate | undefined;
  /** Columns of settings, as the flags are called. */
  readonly settings: readonly string[];
}

export function shownOf(board: Board, view: BoardView): ShownBoard {
  const all = [...board.candidates.values()];
  const inOrder = all.toSorted(byRank(board));
  const ranks = new Map(inOrder.filter(({ outcome }) => outcome).map((one, index) => [one, index + 1]));
  const ranked = inOrder.filter((one) => view.pinned.has(one.key) || matches(one, view.filter));
  const sorted = view.sort === "rank" ? ranked : ranked.toSorted(comparerOf(view.sort));
  const rows = view.reversed ? sorted.toReversed() : sorted;
  const selected = rows.find(({ key }) => key === view.selected) ?? rows[0];
  return { all, ranks, ranked, rows, selected, settings: settingColumns(all) };
}

/** What the table can be sorted by, in the order that the key goes through it. */
export function sortColumns({ settings }: Pick<ShownBoard, "settings">): readonly string[] {
  return ["rank", ...settings, "epochs", "state"];
}

type Comparer = (one: BoardCandidate, other: BoardCandidate) => number;

/** As the table at the end: longest trained first, then the best; those that diverged or were lost, and those without a figure yet, last. */
function byRank({ start }: Board): Comparer {
  const objective = start?.definition.objective ?? "validation/accuracy";
  const keysOf = ({ outcome, candidate }: BoardCandidate): readonly number[] => {
    if (outcome === undefined) return [2, 0, 0, candidate];
    const { mean, epochs } = outcome;
    return mean === null ? [1, -epochs, 0, candidate] : [0, -epochs, scoreOf(objective, mean), candidate];
  };
  return (one, other) => {
    const [first, second] = [keysOf(one), keysOf(other)];
    const at = first.findIndex((value, index) => value !== second[index]);
    return at < 0 ? 0 : (first[at] ?? 0) - (second[at] ?? 0);
  };
}

function comparerOf(sort: string): Comparer {
  if (sort === "epochs") return (one, other) => (other.outcome?.epochs ?? 0) - (one.outcome?.epochs ?? 0);
  if (sort === "state") return (one, other) => stateOf(one).localeCompare(stateOf(other));
  const setting = SWEPT_FLAGS.find(({ name }) => name === sort)?.setting ?? "";
  const textOf = ({ point }: BoardCandidate): string =>
    pointTexts(point).find(([name]) => name === sort)?.[1] ?? "";
  return (one, other) => {
    const [first, second] = [one.point[setting], other.point[setting]];
    if (typeof first === "number" && typeof second === "number") return first - second;
    return textOf(one).localeCompare(textOf(other));
  };
}

export type CandidateState = FigureState | "running" | "waiting";

export function stateOf({ running, outcome }: BoardCandidate): CandidateState {
  if (running.size > 0) return "running";
  if (outcome === undefined) return "waiting";
  return figureState(outcome);
}

/** Whether each word is in what the candidate is called, or is `eta=0.01` with a value that it has. Case doesn't count. */
export function matches(one: BoardCandidate, filter: string): boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return true;
  const said = `#${one.candidate} ${describePoint(one.point)} ${stateOf(one)}`.toLowerCase();
  const settings = new Map(pointTexts(one.point).map(([name, text]) => [name, text.toLowerCase()]));
  return words.every((word) => {
    const at = word.indexOf("=");
    if (at <= 0) return said.includes(word);
    const value = word.slice(at + 1);
    const text = settings.get(word.slice(0, at));
    return text !== undefined && (value === "" || text === value);
  });
}
