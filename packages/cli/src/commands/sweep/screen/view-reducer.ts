// What a command does to the view; what it asks of the sweep is an effect.
import { reduceTable } from "../../../screens/table-view.ts";
import { pairsOf } from "../heat-map.ts";
import type { Board } from "./board.ts";
import type { BoardCommand } from "./keys.ts";
import { type BoardView, shownOf, sortColumns } from "./view.ts";

export interface ReducedView {
  readonly view: BoardView;
  readonly effect?: "stop" | "quit";
}

/** `page` is how many candidates the table shows. */
export function reduceBoardView(
  view: BoardView,
  command: BoardCommand,
  board: Board,
  page: number,
): ReducedView {
  const calm: BoardView = { ...view, quitting: false };
  const isOver = board.stopping || board.phase === "ended";
  switch (command.kind) {
    case "interrupt":
      if (board.isWatched) return { view: calm, effect: "quit" };
      return { view: calm, effect: isOver ? "quit" : "stop" };
    case "stop":
      return isOver || board.isWatched ? { view: calm } : { view: calm, effect: "stop" };
    case "quit":
      if (view.quitting || board.isWatched || board.phase === "ended") return { view: calm, effect: "quit" };
      return { view: { ...calm, help: false, quitting: true } };
    case "pair": {
      const count = Math.max(1, pairsOf(board.start?.definition.space ?? {}).length);
      return { view: { ...calm, pair: (calm.pair + command.by + count) % count } };
    }
    case "map":
      return { view: { ...calm, map: !calm.map } };
    default: {
      // It takes back the `q`, and nothing else.
      if (view.quitting && command.kind === "escape") return { view: calm };
      const shown = shownOf(board, view);
      return { view: reduceTable(calm, command, { ...shown, columns: sortColumns(shown), page }) };
    }
  }
}
