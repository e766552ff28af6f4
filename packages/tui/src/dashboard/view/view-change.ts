// What a command makes of a view, and what it is decided by.
import type { Control } from "@trainscope/core";
import type { ReplayCommand, Source } from "@trainscope/core/source";
import type { Changeable } from "../model/changeable.ts";
import type { Overlay } from "../model/overlay.ts";
import type { DashboardState } from "../model/state.ts";
import type { View } from "./view.ts";

export type Effect =
  | { readonly kind: "control"; readonly control: Control }
  | { readonly kind: "replay"; readonly command: ReplayCommand }
  /** A new run that goes on from here, with these settings in place of those in force. */
  | { readonly kind: "fork"; readonly changed: Partial<Record<Changeable, number>> }
  /** Leave now, without saving. */
  | { readonly kind: "quit" }
  /** A picture of what is on the screen. */
  | { readonly kind: "picture" };

/** What a command's meaning depends on beside the view. */
export interface ViewContext {
  readonly state: DashboardState;
  readonly source: Source;
  readonly overlay: Overlay | undefined;
  readonly mayFork: boolean;
  /** The greatest scroll that still shows something new; 0 where all is seen. */
  readonly lastScroll: (view: View) => number;
  /** What PgDn scrolls by, in the tab's own unit. */
  readonly page: (view: View) => number;
}

export interface ViewChange {
  readonly view: View;
  readonly effects: readonly Effect[];
}
