// The dashboard as one component: the state from the store, the size from the terminal, the keys to commands.
import type { Control } from "@trainscope/core";
import { useInput, useStdin, useWindowSize } from "ink";
import { type ReactNode, useRef, useState, useSyncExternalStore } from "react";
import type { Formats } from "../../text/format-metric.ts";
import { type Command, commandsOf, NO_OVERLAY, type Overlay, perform } from "../model/keys.ts";
import type { DashboardStore } from "../model/store.ts";
import type { Theme } from "../theme.ts";
import { Screen } from "./screen.tsx";
import { useTick } from "./use-tick.ts";

export interface DashboardProps {
  readonly store: DashboardStore;
  readonly formats: Formats;
  readonly theme: Theme;
  readonly onControl: (control: Control) => void;
  readonly onQuit: () => void;
  readonly onInterrupt: () => void;
}

const SECOND = 1000;

/** Draws the newest state, and hands on what keys ask for. */
export function Dashboard({ store, formats, theme, ...handlers }: DashboardProps): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  const { columns, rows } = useWindowSize();
  const overlay = useCommands(store, handlers);
  useTick(SECOND);
  return (
    <Screen
      state={state}
      clock={store.clock()}
      overlay={overlay}
      columns={columns}
      rows={rows}
      formats={formats}
      theme={theme}
    />
  );
}

/** Keys from a terminal; where input comes from a pipe there are none. */
function useCommands(
  store: DashboardStore,
  { onControl, onQuit, onInterrupt }: Pick<DashboardProps, "onControl" | "onQuit" | "onInterrupt">,
): Overlay {
  const [overlay, setOverlay] = useState(NO_OVERLAY);
  // Two keys may come before the next rendering, so what the first did is kept at hand.
  const current = useRef(overlay);
  const { isRawModeSupported } = useStdin();
  const handle = (command: Command): void => {
    const effect = perform(command, current.current, store.snapshot());
    current.current = effect.overlay;
    setOverlay(effect.overlay);
    if (command === "interrupt") onInterrupt();
    if (effect.control) {
      store.request(effect.control);
      onControl({ action: effect.control });
    }
    if (effect.quit) onQuit();
  };
  useInput(
    (input, key) => {
      const commands = commandsOf(input, key);
      // Any other key takes back a `q`.
      if (commands.length === 0 && current.current.quitting) handle("escape");
      for (const command of commands) handle(command);
    },
    { isActive: isRawModeSupported },
  );
  return overlay;
}
