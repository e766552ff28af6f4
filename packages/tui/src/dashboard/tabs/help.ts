// "Help": every key, and how to read the screen.

import { bodySize, headedPanel, isFramed, legendsOf } from "../panels/headed.ts";
import { helpRows } from "../panels/help.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Scene } from "../panels/scene.ts";
import type { Rect } from "../text/layout.ts";
import type { Tab } from "./tab.ts";

export const helpTab: Tab = {
  name: "help",
  title: "Help",
  scrollsRows: true,
  panels: (scene, area) => [helpPanel(scene, area)],
  lastScroll: (scene, area) => rowsBelow(scene, area),
};

function rowsBelow({ theme, source }: Scene, area: Rect): number {
  const [width, height] = bodySize(area, isFramed(area));
  return Math.max(0, helpRows(width, theme, source).length - height);
}

function helpPanel(scene: Scene, area: Rect): PanelSpec {
  const { view, theme, source } = scene;
  const framed = isFramed(area);
  const last = rowsBelow(scene, area);
  const scroll = Math.min(view.scroll.help ?? 0, last);
  return headedPanel({
    name: "Help",
    rect: area,
    framed,
    depends: [scroll, theme, source],
    heading: () => ({
      title: "Help",
      legends: legendsOf([scroll < last ? `${theme.glyphs.down} for more` : undefined], theme.glyphs.dot),
    }),
    draw: (width) => helpRows(width, theme, source).slice(scroll),
  });
}
