// What a command does to the view; what it asks of the sweep is an effect.
import { visible } from "@trainscope/core/text";
import { pairsOf } from "../heat-map.ts";
import type { Board } from "./board.ts";
import type { BoardCommand } from "./keys.ts";
import { type BoardView, shownOf, sortColumns } from "./view.ts";

export interface ReducedView {
  readonly view: BoardView;
  readonly effect?: "stop" | "quit";
}

const LONGEST_FILTER = 200;

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
    default:
      // It takes back the `q`, and nothing else.
      if (view.quitting && command.kind === "escape") return { view: calm };
      return { view: changed(calm, command, board, page) };
  }
}

function changed(
  view: BoardView,
  command: Exclude<BoardCommand, { kind: "interrupt" | "stop" | "quit" }>,
  board: Board,
  page: number,
): BoardView {
  switch (command.kind) {
    case "filter":
      return { ...view, typing: true, help: false };
    case "type":
      return { ...view, filter: (view.filter + visible(command.text)).slice(0, LONGEST_FILTER) };
    case "erase":
      return { ...view, filter: [...view.filter].slice(0, -1).join("") };
    case "enter":
      return { ...view, typing: false, help: false };
    case "escape":
      return view.help ? { ...view, help: false } : { ...view, typing: false, filter: "" };
    case "pin":
      return pinned(view, board);
    case "move":
      return moved(view, command.by, board, page);
    case "sort":
      return { ...view, sort: after(sortColumns(shownOf(board, view)), view.sort), reversed: false };
    case "reverse":
      return { ...view, reversed: !view.reversed };
    case "pair": {
      const count = Math.max(1, pairsOf(board.start?.definition.space ?? {}).length);
      return { ...view, pair: (view.pair + command.by + count) % count };
    }
    case "map":
      return { ...view, map: !view.map };
    case "help":
      return { ...view, help: !view.help };
  }
}

function after(items: readonly string[], item: string): string {
  return items[(items.indexOf(item) + 1) % items.length] ?? item;
}

function pinned(view: BoardView, board: Board): BoardView {
  const { selected } = shownOf(board, view);
  if (selected === undefined) return view;
  const others = new Set([...view.pinned].filter((key) => key !== selected.key));
  return { ...view, pinned: others.size < view.pinned.size ? others : others.add(selected.key) };
}

function moved(
  view: BoardView,
  by: Extract<BoardCommand, { kind: "move" }>["by"],
  board: Board,
  page: number,
): BoardView {
  const { rows, selected } = shownOf(board, view);
  const now = selected === undefined ? 0 : rows.indexOf(selected);
  const steps = { page, "-page": -page, first: -rows.length, last: rows.length } as const;
  const wanted = now + (typeof by === "number" ? by : steps[by]);
  return { ...view, selected: rows[Math.max(0, Math.min(rows.length - 1, wanted))]?.key };
}
