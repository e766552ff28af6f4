// The dashboard as one component: the state from the store, the size from the terminal, keys and clicks to commands.
import type { Control } from "@trainscope/core";
import { type ReplayCommand, type SourceStore, TRAINING } from "@trainscope/core/source";
import { useWindowSize } from "ink";
import { type ReactNode, useSyncExternalStore } from "react";
import type { Formats } from "../../text/format-metric.ts";
import type { Changeable } from "../model/changeable.ts";
import type { Overlay } from "../model/overlay.ts";
import type { DashboardStore } from "../model/store.ts";
import type { Scene } from "../panels/scene.ts";
import { commandAt, screenPanels, viewContext } from "../screen/screen-panels.ts";
import type { Theme } from "../text/theme.ts";
import type { Command } from "../view/commands.ts";
import { commandOf, strokesOf } from "../view/keys.ts";
import { reduceView } from "../view/reducer.ts";
import { FIRST_VIEW, type View } from "../view/view.ts";
import type { Effect } from "../view/view-change.ts";
import { wheelCommand } from "../view/wheel.ts";
import { Screen } from "./screen.tsx";
import { useKeyedView } from "./use-keyed-view.ts";
import { useTerminalInput } from "./use-terminal-input.ts";
import { useTick } from "./use-tick.ts";

export interface DashboardHandlers {
  readonly onControl: (control: Control) => void;
  readonly onQuit: () => void;
  /** Tells whether this Ctrl-C counts. */
  readonly onInterrupt: () => boolean;
  readonly onReplay: (command: ReplayCommand) => void;
  /** `undefined` where no run can be forked. */
  readonly onFork: ((changed: Partial<Record<Changeable, number>>) => void) | undefined;
  /** A picture of this scene was asked for. */
  readonly onPicture: (scene: Scene, columns: number, rows: number) => void;
}

export interface DashboardProps extends DashboardHandlers {
  readonly store: DashboardStore;
  readonly formats: Formats;
  readonly theme: Theme;
  readonly source?: SourceStore;
  readonly overlay?: Overlay | undefined;
  readonly imageOf?: Scene["imageOf"];
}

const SECOND = 1000;

/** Draws the newest state, and hands on what keys and clicks ask for. */
export function Dashboard(props: DashboardProps): ReactNode {
  const { store, formats, theme, source = TRAINING, overlay, imageOf, ...handlers } = props;
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  useSyncExternalStore(source.subscribe, source.snapshot);
  const { columns, rows } = useWindowSize();
  useTick(SECOND);
  const sceneOf = (view: View): Scene => {
    return {
      state: store.snapshot(),
      view,
      clock: store.clock(),
      formats,
      theme,
      imageOf,
      overlay,
      source: source.snapshot(),
      mayFork: handlers.onFork !== undefined,
    };
  };
  const view = useCommands(store, sceneOf, { columns, rows }, handlers);
  return <Screen scene={{ ...sceneOf(view), state }} columns={columns} rows={rows} />;
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The view that follows from all that was typed and clicked. */
function useCommands(
  store: DashboardStore,
  sceneOf: (view: View) => Scene,
  { columns, rows }: Size,
  { onControl, onQuit, onInterrupt, onReplay, onFork, onPicture }: DashboardHandlers,
): View {
  const { view, current, set } = useKeyedView(FIRST_VIEW);
  const perform = (effect: Effect): void => {
    if (effect.kind === "quit") onQuit();
    else if (effect.kind === "picture") onPicture(sceneOf(current()), columns, rows);
    else if (effect.kind === "replay") onReplay(effect.command);
    else if (effect.kind === "fork") onFork?.(effect.changed);
    else {
      store.request(effect.control);
      onControl(effect.control);
    }
  };
  const handle = (command: Command): void => {
    if (command.kind === "interrupt" && !onInterrupt()) return;
    const scene = sceneOf(current());
    const { view: next, effects } = reduceView(current(), command, viewContext(scene, columns, rows));
    set(next);
    effects.forEach(perform);
  };
  useTerminalInput({
    onKey: (input, key) => {
      for (const stroke of strokesOf(input, current().dialog)) {
        const command = commandOf(stroke, key, current().dialog);
        if (command) handle(command);
      }
    },
    onMouse: ({ action, column, row }) => {
      const scene = sceneOf(current());
      const command =
        action === "press"
          ? commandAt(screenPanels(scene, columns, rows), column, row)
          : wheelCommand(current(), action);
      if (command) handle(command);
    },
  });
  return view;
}
