// "Plugins": every metric and exporter with its hooks, calls, milliseconds, errors and state.

import { bodySize, headedPanel, isFramed, legendsOf } from "../panels/headed.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import { pluginRows } from "../panels/plugins.ts";
import type { Scene } from "../panels/scene.ts";
import type { Rect } from "../text/layout.ts";
import { centred, type Row } from "../text/rows.ts";
import type { Tab } from "./tab.ts";

export const pluginsTab: Tab = {
  name: "plugins",
  title: "Plugins",
  scrollsRows: true,
  panels: (scene, area) => [pluginsPanel(scene, area)],
  lastScroll: ({ state, theme }, area) => {
    const [width, height] = bodySize(area, isFramed(area));
    return Math.max(0, pluginRows(state, width, theme).length - height);
  },
};

function pluginsPanel({ state, view, theme }: Scene, area: Rect): PanelSpec {
  const scroll = view.scroll.plugins ?? 0;
  const disabled = [...state.plugins.values()].filter((status) => status.disabled).length;
  const parts = [`${state.plugins.size} plugins`, disabled > 0 ? `${disabled} disabled` : undefined];
  return headedPanel({
    name: "Plugins",
    rect: area,
    framed: isFramed(area),
    // The share of the run's time changes with each epoch at the most.
    depends: [state.plugins, state.recorded, state.run, scroll, theme],
    heading: () => ({ title: "Plugins", legends: legendsOf(parts, theme.glyphs.dot) }),
    draw: (width, height) => {
      if (state.plugins.size === 0) return centred("no plugin has been called yet", width, height);
      const [header = [], ...rows]: Row[] = pluginRows(state, width, theme);
      const first = Math.max(0, Math.min(scroll, rows.length - (height - 1)));
      return [header, ...rows.slice(first, first + height - 1)];
    },
  });
}
