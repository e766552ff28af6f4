// The leaderboard as one component: the board from the store, the size from the terminal, the keys to commands.

import { Panel, useTerminalInput, useTick } from "@trainscope/tui/components";
import type { Theme } from "@trainscope/tui/parts";
import { Box, useWindowSize } from "ink";
import { type ReactNode, useRef, useState, useSyncExternalStore } from "react";
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
  return (
    <Box width={columns} height={rows} flexShrink={0}>
      {panels.map((panel) => (
        <Panel key={panel.name} {...panel} theme={theme} attempt={board.recorded} />
      ))}
    </Box>
  );
}

function useCommands(
  store: BoardStore,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  { onStop, onInterrupt, onQuit }: StopHandlers,
): BoardView {
  const [view, setView] = useState(FIRST_VIEW);
  // Two keys may come before the next rendering, so what the first did is kept at hand.
  const current = useRef(view);
  const handle = (command: BoardCommand): void => {
    if (command.kind === "interrupt" && !onInterrupt()) return;
    const board = store.snapshot();
    const layout = boardLayoutFor(columns, rows, board.lanes.length);
    const page = layout === undefined ? 1 : Math.max(1, tableRoom(layout) - 1);
    store.hush();
    const { view: next, effect } = reduceBoardView(current.current, command, board, page);
    current.current = next;
    setView(next);
    if (effect === "quit") onQuit();
    if (effect === "stop") {
      store.requestStop();
      onStop();
    }
  };
  useTerminalInput({
    onKey(input, key) {
      const commands = boardCommandsOf(input, key, current.current.typing);
      // Any other key takes back a `q`.
      if (commands.length === 0 && current.current.quitting) handle({ kind: "escape" });
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
