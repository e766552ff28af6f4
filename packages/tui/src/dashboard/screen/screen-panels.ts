// The whole screen as panels: the lines at its edges, the tab that is shown, and what lies over it. Pure, so that the
// same answer tells what is drawn, and what was clicked.

import { dialogPanel } from "../panels/dialog.ts";
import { innerSize } from "../panels/frame.ts";
import { hintsRow } from "../panels/hints.ts";
import type { Keys } from "../panels/key-row.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import { progressRows } from "../panels/progress.ts";
import type { Scene } from "../panels/scene.ts";
import { smallRows } from "../panels/small.ts";
import { tabAt, tabBarRow } from "../panels/tab-bar.ts";
import { titleRow } from "../panels/title.ts";
import { TABS } from "../tabs/tabs.ts";
import { indented, type Layout, layoutFor, type Rect } from "../text/layout.ts";
import type { Command } from "../view/commands.ts";
import { refusalOf } from "../view/refusal.ts";
import type { ViewContext } from "../view/view-change.ts";

export interface ScreenPanel extends PanelSpec {
  /** Of its own on any screen. */
  readonly key: string;
}

/** Exactly the terminal's size, or a message that it is too small. */
export function screenPanels(scene: Scene, columns: number, rows: number): readonly ScreenPanel[] {
  const { state, formats } = scene;
  const screen = { left: 0, top: 0, width: columns, height: rows };
  const layout = layoutFor(columns, rows);
  if (layout === undefined) {
    return [
      { key: "small", name: "Screen", rect: screen, draw: () => smallRows(state, formats, columns, rows) },
    ];
  }
  const dialog = dialogPanel(scene, screen);
  return [
    ...edgePanels(scene, layout, viewContext(scene, columns, rows).lastScroll(scene.view)).map((panel) => ({
      ...panel,
      key: `edge ${panel.name}`,
    })),
    // At another place a panel is another: one that has failed is tried again when the tab is arranged anew.
    ...tabPanels(scene, layout.body).map((panel) => ({
      ...panel,
      key: `${scene.view.tab} ${panel.name} ${panel.rect.left} ${panel.rect.top}`,
    })),
    ...(dialog ? [{ ...dialog, key: "dialog" }] : []),
  ];
}

/** The title and the tabs above, progress and keys below; `last` is the last page, or row, that can be scrolled to. */
function edgePanels(
  scene: Scene,
  { title, tabs, progress, hints }: Layout,
  last: number,
): readonly PanelSpec[] {
  const { state, source, view, clock, theme } = scene;
  const { keys: ofTab = [], scrollsRows = false } = TABS[view.tab];
  // Nothing was changed where nothing can be asked for.
  const keys = ofTab.filter(([key]) => key !== "u" || refusalOf(scene) === undefined);
  const turning: Keys = last > 0 && view.tab !== "log" ? [["PgDn", scrollsRows ? "more" : "page"]] : [];
  const { problems } = state;
  const framed = progress.height > 2;
  return [
    {
      name: "Title",
      rect: title,
      draw: (width) => [titleRow(state, source, width, theme)],
      depends: [state.run, state.phase, state.requested, state.reason, source],
    },
    {
      name: "Tabs",
      rect: tabs,
      draw: (width) => [tabBarRow(view.tab, problems, width, theme)],
      depends: [view.tab, problems],
      click: (column) => {
        const tab = tabAt(column, view.tab, problems, tabs.width, theme);
        return tab && { kind: "tab", tab };
      },
    },
    {
      name: "Progress",
      rect: framed ? progress : indented(progress),
      framed,
      ...(framed ? { heading: () => ({ title: "Progress" }) } : {}),
      draw: (width) => progressRows(state, source, clock, width, theme),
    },
    {
      name: "Keys",
      rect: hints,
      draw: (width) => [hintsRow(scene, [...turning, ...keys], width)],
      depends: [view, source, state.phase, state.requested, state.asked, turning.length],
    },
  ];
}

/** A tab that can't even arrange its panels fails as one of them would. */
function tabPanels(scene: Scene, body: Rect): readonly PanelSpec[] {
  const tab = TABS[scene.view.tab];
  try {
    return tab.panels(scene, body);
  } catch (error) {
    const draw = (): never => {
      throw error;
    };
    return [{ name: tab.title, rect: body, draw }];
  }
}

/** What the view's commands need to know of the screen. */
export function viewContext(scene: Scene, columns: number, rows: number): ViewContext {
  const body = layoutFor(columns, rows)?.body;
  return {
    state: scene.state,
    source: scene.source,
    overlay: scene.overlay,
    mayFork: scene.mayFork,
    lastScroll: (view) => {
      if (body === undefined) return 0;
      try {
        return TABS[view.tab].lastScroll?.({ ...scene, view }, body) ?? 0;
      } catch {
        // Its panel says what is wrong.
        return 0;
      }
    },
    page: ({ tab }) => (TABS[tab].scrollsRows && body ? Math.max(1, body.height - 4) : 1),
  };
}

/** What a click at a cell asks for; a dialog takes all of them. */
export function commandAt(panels: readonly ScreenPanel[], column: number, row: number): Command | undefined {
  const top = Math.max(...panels.map(({ layer = 0 }) => layer));
  const hit = panels.find(
    ({ rect, layer = 0 }) =>
      layer === top &&
      column >= rect.left &&
      column < rect.left + rect.width &&
      row >= rect.top &&
      row < rect.top + rect.height,
  );
  if (hit?.click === undefined) return undefined;
  const { rect, framed, heading } = hit;
  const [width, height] = framed ? innerSize(rect.width, rect.height) : [rect.width, rect.height];
  const inside = {
    column: column - rect.left - (framed ? 2 : 0),
    row: row - rect.top - (framed || heading ? 1 : 0),
  };
  const isInside = inside.column >= 0 && inside.column < width && inside.row >= 0 && inside.row < height;
  return isInside ? hit.click(inside.column, inside.row) : undefined;
}
