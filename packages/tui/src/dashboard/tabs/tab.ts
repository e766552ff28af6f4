// What a tab is: from a scene to panels at their places. Everything in a tab is a pure function.

import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Scene } from "../panels/scene.ts";
import type { Rect } from "../text/layout.ts";
import type { TabName } from "../view/view.ts";

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
