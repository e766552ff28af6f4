// What the panels draw from.

import type { Theme } from "@trainscope/tui/parts";
import { type Look, looksOf } from "../../../screens/looks.ts";
import type { Board, BoardCandidate } from "./board.ts";
import { type BoardView, type ShownBoard, shownOf } from "./view.ts";

export interface BoardScene {
  readonly board: Board;
  readonly view: BoardView;
  readonly shown: ShownBoard;
  /** Of the candidates whose curves stand out: those that are pinned, and the best. */
  readonly looks: ReadonlyMap<BoardCandidate, Look>;
  /** The present by the clock of the events. */
  readonly clock: number | undefined;
  readonly theme: Theme;
}

/** Curves that stand out; more would not be told apart in half a screen. */
const MOST_LIT = 8;

export function boardScene(board: Board, view: BoardView, clock: number | undefined, theme: Theme): BoardScene {
  const shown = shownOf(board, view);
  const withCurves = shown.ranked.filter(({ curves }) =>
    [...curves.values()].some((curve) => curve.length > 0),
  );
  const isPinned = ({ key }: BoardCandidate): boolean => view.pinned.has(key);
  const front = [...withCurves.filter(isPinned), ...withCurves.filter((one) => !isPinned(one))].slice(
    0,
    MOST_LIT,
  );
  return { board, view, shown, looks: looksOf(shown.all, front, view.pinned), clock, theme };
}
