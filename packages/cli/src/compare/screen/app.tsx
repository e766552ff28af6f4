// The screen as one component: the comparison from the store, the size from the terminal, keys to commands.

import { Panels, useKeyedView, useTerminalInput } from "@trainscope/tui/components";
import type { Theme } from "@trainscope/tui/parts";
import { useWindowSize } from "ink";
import { type ReactNode, useSyncExternalStore } from "react";
import { type CompareCommand, compareCommandsOf } from "./keys.ts";
import { compareLayoutFor, tableRoom } from "./layout.ts";
import { comparePanels } from "./panels.ts";
import { type CompareEffect, reduceCompare } from "./reducer.ts";
import type { CompareStore } from "./store.ts";
import type { CompareView } from "./view.ts";

export interface CompareAppProps {
  readonly store: CompareStore;
  readonly theme: Theme;
  readonly firstView: CompareView;
  readonly onEffect: (effect: CompareEffect, view: CompareView) => void;
}

/** Exactly the terminal's size. */
export function CompareApp({ store, theme, firstView, onEffect }: CompareAppProps): ReactNode {
  const { comparison, notice } = useSyncExternalStore(store.subscribe, store.snapshot);
  const { columns, rows } = useWindowSize();
  const view = useCommands(store, firstView, { columns, rows }, onEffect);
  const panels = comparePanels({ comparison, view, notice, theme }, columns, rows);
  return <Panels panels={panels} columns={columns} rows={rows} theme={theme} />;
}

function useCommands(
  store: CompareStore,
  firstView: CompareView,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  onEffect: CompareAppProps["onEffect"],
): CompareView {
  const { view, current, set } = useKeyedView(firstView);
  const handle = (command: CompareCommand): void => {
    const { comparison } = store.snapshot();
    const layout = compareLayoutFor(columns, rows, comparison.runs.length);
    const page = layout === undefined ? 1 : Math.max(1, tableRoom(layout) - 1);
    store.hush();
    const { view: next, effect } = reduceCompare(current(), command, comparison, page);
    set(next);
    if (effect !== undefined) onEffect(effect, next);
  };
  useTerminalInput({
    onKey: (input, key) => compareCommandsOf(input, key, current().typing).forEach(handle),
    onMouse: ({ action }) => {
      if (action === "wheel-up" || action === "wheel-down") {
        handle({ kind: "move", by: action === "wheel-up" ? -1 : 1 });
      }
    },
  });
  return view;
}
