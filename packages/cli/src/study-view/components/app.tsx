// A study's dashboard as one component: the state from the store, the size from the terminal, the keys to commands.

import { useKeyedView, useTerminalInput, useTick } from "@trainscope/tui/components";
import type { Theme } from "@trainscope/tui/parts";
import { useWindowSize } from "ink";
import { type ReactNode, useSyncExternalStore } from "react";
import type { StopHandlers } from "../../interrupts.ts";
import { FIRST_VIEW, performStudy, type StudyCommand, type StudyView, studyCommandsOf } from "../model/keys.ts";
import type { StudyStore } from "../model/store.ts";
import { layoutOf, StudyScreen, tableRoom } from "./screen.tsx";

export interface StudyDashboardProps extends StopHandlers {
  readonly store: StudyStore;
  readonly theme: Theme;
}

const SECOND = 1000;

/** Draws the newest state, and hands on what keys ask for. */
export function StudyDashboard({ store, theme, ...handlers }: StudyDashboardProps): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  const { columns, rows } = useWindowSize();
  const view = useStudyCommands(store, { columns, rows }, handlers);
  useTick(SECOND);
  return (
    <StudyScreen state={state} clock={store.clock()} view={view} columns={columns} rows={rows} theme={theme} />
  );
}

/** Keys from a terminal; where input comes from a pipe there are none. */
function useStudyCommands(
  store: StudyStore,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  { onStop, onInterrupt, onQuit }: StopHandlers,
): StudyView {
  const { view, current, set } = useKeyedView(FIRST_VIEW);
  const handle = (command: StudyCommand): void => {
    if (command === "interrupt" && !onInterrupt()) return;
    const state = store.snapshot();
    const table = { length: state.finished.length, visible: tableRoom(layoutOf(state, columns, rows)) };
    const effect = performStudy(command, current(), state, table);
    set(effect.view);
    if (effect.stop) {
      store.requestStop();
      onStop();
    }
    if (effect.quit) onQuit();
  };
  useTerminalInput({
    onKey(input, key) {
      const commands = studyCommandsOf(input, key);
      // Any other key takes back a `q`.
      if (commands.length === 0 && current().quitting) handle("escape");
      for (const command of commands) handle(command);
    },
  });
  return view;
}
