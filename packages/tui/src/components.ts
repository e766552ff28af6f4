// What a screen of one's own is shown with, in Ink.

export { Panel } from "./dashboard/components/panel.tsx";
export { Panels, type PanelsProps } from "./dashboard/components/panels.tsx";
export { type KeyedView, useKeyedView } from "./dashboard/components/use-keyed-view.ts";
export { useTerminalInput } from "./dashboard/components/use-terminal-input.ts";
export { useTick } from "./dashboard/components/use-tick.ts";
export { type Live, showLive } from "./dashboard/live.ts";
