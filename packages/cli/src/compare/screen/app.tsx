// The screen as one component: the comparison from the store, the size from the terminal, keys to commands.

import { Panel, useTerminalInput } from "@trainscope/tui/components";
import type { Theme } from "@trainscope/tui/parts";
import { Box, useWindowSize } from "ink";
import { type ReactNode, useRef, useState, useSyncExternalStore } from "react";
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
  return (
    <Box width={columns} height={rows} flexShrink={0}>
      {panels.map((panel) => (
        <Panel key={panel.name} {...panel} theme={theme} />
      ))}
    </Box>
  );
}

function useCommands(
  store: CompareStore,
  firstView: CompareView,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  onEffect: CompareAppProps["onEffect"],
): CompareView {
  const [view, setView] = useState(firstView);
  // Two keys may come before the next rendering, so what the first did is kept at hand.
  const current = useRef(view);
  const handle = (command: CompareCommand): void => {
    const { comparison } = store.snapshot();
    const layout = compareLayoutFor(columns, rows, comparison.runs.length);
    const page = layout === undefined ? 1 : Math.max(1, tableRoom(layout) - 1);
    store.hush();
    const { view: next, effect } = reduceCompare(current.current, command, comparison, page);
    current.current = next;
    setView(next);
    if (effect !== undefined) onEffect(effect, next);
  };
  useTerminalInput({
    onKey: (input, key) => compareCommandsOf(input, key, current.current.typing).forEach(handle),
    onMouse: ({ action }) => {
      if (action === "wheel-up" || action === "wheel-down") {
        handle({ kind: "move", by: action === "wheel-up" ? -1 : 1 });
      }
    },
  });
  return view;
}
