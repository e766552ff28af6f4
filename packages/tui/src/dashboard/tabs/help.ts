// "Help": every key, and how to read the screen.
import type { Rect } from "../layout.ts";
import { bodySize, headedPanel, isFramed, legendsOf } from "../panels/headed.ts";
import { helpRows } from "../panels/help.ts";
import type { Theme } from "../theme.ts";
import type { PanelSpec, Scene, Tab } from "./tab.ts";

export const helpTab: Tab = {
  name: "help",
  title: "Help",
  scrollsRows: true,
  panels: (scene, area) => [helpPanel(scene, area)],
  lastScroll: ({ theme }, area) => rowsBelow(area, theme),
};

function rowsBelow(area: Rect, theme: Theme): number {
  const [width, height] = bodySize(area, isFramed(area));
  return Math.max(0, helpRows(width, theme).length - height);
}

function helpPanel({ view, theme }: Scene, area: Rect): PanelSpec {
  const framed = isFramed(area);
  const last = rowsBelow(area, theme);
  const scroll = Math.min(view.scroll.help ?? 0, last);
  return headedPanel({
    name: "Help",
    rect: area,
    framed,
    depends: [scroll, theme],
    heading: () => ({
      title: "Help",
      legends: legendsOf([scroll < last ? `${theme.glyphs.down} for more` : undefined], theme.glyphs.dot),
    }),
    draw: (width) => helpRows(width, theme).slice(scroll),
  });
}
