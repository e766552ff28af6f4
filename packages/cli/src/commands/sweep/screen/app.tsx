// The leaderboard as one component: the board from the store, the size from the terminal, the keys to commands.

import { Panels, useKeyedView, useTerminalInput, useTick } from "@trainscope/tui/components";
import type { Theme } from "@trainscope/tui/parts";
import { useWindowSize } from "ink";
import { type ReactNode, useSyncExternalStore } from "react";
import type { StopHandlers } from "../../../interrupts.ts";
import { type BoardCommand, boardCommandsOf } from "./keys.ts";
import { boardLayoutFor, tableRoom } from "./layout.ts";
import { boardPanels } from "./panels.ts";
import { boardScene } from "./scene.ts";
import type { BoardStore } from "./store.ts";
import { type BoardView, FIRST_VIEW } from "./view.ts";
import { reduceBoardView } from "./view-reducer.ts";

export interface BoardAppProps extends StopHandlers {
  readonly store: BoardStore;
  readonly theme: Theme;
}

const SECOND = 1000;

/** Exactly the terminal's size. */
export function BoardApp({ store, theme, ...handlers }: BoardAppProps): ReactNode {
  const board = useSyncExternalStore(store.subscribe, store.snapshot);
  const { columns, rows } = useWindowSize();
  const view = useCommands(store, { columns, rows }, handlers);
  useTick(SECOND);
  const panels = boardPanels(
    boardScene(board, view, board.phase === "ended" ? board.time : store.clock(), theme),
    columns,
    rows,
  );
  return <Panels panels={panels} columns={columns} rows={rows} theme={theme} attempt={board.recorded} />;
}

function useCommands(
  store: BoardStore,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  { onStop, onInterrupt, onQuit }: StopHandlers,
): BoardView {
  const { view, current, set } = useKeyedView(FIRST_VIEW);
  const handle = (command: BoardCommand): void => {
    if (command.kind === "interrupt" && !onInterrupt()) return;
    const board = store.snapshot();
    const layout = boardLayoutFor(columns, rows, board.lanes.length);
    const page = layout === undefined ? 1 : Math.max(1, tableRoom(layout) - 1);
    store.hush();
    const { view: next, effect } = reduceBoardView(current(), command, board, page);
    set(next);
    if (effect === "quit") onQuit();
    if (effect === "stop") {
      store.requestStop();
      onStop();
    }
  };
  useTerminalInput({
    onKey(input, key) {
      const commands = boardCommandsOf(input, key, current().typing);
      // Any other key takes back a `q`.
      if (commands.length === 0 && current().quitting) handle({ kind: "escape" });
      for (const command of commands) handle(command);
    },
    onMouse({ action }) {
      if (action === "wheel-up" || action === "wheel-down") {
        handle({ kind: "move", by: action === "wheel-up" ? -1 : 1 });
      }
    },
  });
  return view;
}
