// What a tab is: from a scene to panels at their places. Everything in a tab is a pure function.

import type { Source } from "@trainscope/core/source";
import type { Formats } from "../../text/format-metric.ts";
import type { Rect } from "../layout.ts";
import type { Overlay } from "../model/overlay.ts";
import type { DashboardState } from "../model/state.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Theme } from "../theme.ts";
import type { TabName, View } from "../view/view.ts";

/** All that a frame is drawn from. */
export interface Scene {
  readonly state: DashboardState;
  readonly view: View;
  /** The present by the clock of the events. */
  readonly clock: number | undefined;
  readonly formats: Formats;
  readonly theme: Theme;
  /** The bytes of a validation image, plane by plane; none where the pictures aren't at hand (a run from elsewhere). */
  readonly imageOf: ((index: number) => Uint8Array) | undefined;
  /** Where the events come from. */
  readonly source: Source;
  /** Another run's curves, beneath the run's own. */
  readonly overlay: Overlay | undefined;
  /** Whether a new run can go on from here. */
  readonly mayFork: boolean;
}

export interface Tab {
  readonly name: TabName;
  readonly title: string;
  /** Panels never overlap and never leave the area. */
  panels(scene: Scene, area: Rect): readonly PanelSpec[];
  /** The greatest `view.scroll` that still shows something new; 0 where all is seen at once. */
  lastScroll?(scene: Scene, area: Rect): number;
  /** `view.scroll` counts rows, and PgUp and PgDn go by as many as are shown; else it counts pages. */
  readonly scrollsRows?: boolean;
  /** Keys that only mean something here, for the last line: `["l", "log axis"]`. */
  readonly keys?: readonly (readonly [string, string])[];
}
