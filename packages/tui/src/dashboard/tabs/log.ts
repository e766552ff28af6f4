// "Log": all that was said during the run, the newest at the bottom until it is scrolled up.

import type { DashboardState } from "../model/state.ts";
import { bodySize, headedPanel, isFramed, legendsOf } from "../panels/headed.ts";
import { wrappedLength, wrappedRows } from "../panels/log.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Scene } from "../panels/scene.ts";
import type { Rect } from "../text/layout.ts";
import { centred, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";
import type { Tab } from "./tab.ts";

export const logTab: Tab = {
  name: "log",
  title: "Log",
  scrollsRows: true,
  panels: (scene, area) => [logPanel(scene, area)],
  lastScroll: ({ state }, area) => rowsAbove(state, area),
  keys: [
    ["PgUp", "older"],
    ["End", "newest"],
  ],
};

/** Rows of the log that don't fit in the area. */
function rowsAbove({ log }: Pick<DashboardState, "log">, area: Rect): number {
  const [width, height] = bodySize(area, isFramed(area));
  return Math.max(0, wrappedLength(log, width) - height);
}

function logPanel({ state, view, theme }: Scene, area: Rect): PanelSpec {
  const newer = (): number => {
    const last = rowsAbove(state, area);
    return Math.max(0, last - (view.scroll.log ?? last));
  };
  return headedPanel({
    name: "Log",
    rect: area,
    framed: isFramed(area),
    depends: [state.log, state.problems, view.scroll.log, theme],
    heading: () => ({ title: "Log", legends: legends(state, newer(), theme) }),
    draw: (width, height) =>
      state.log.length === 0
        ? centred("nothing to report yet", width, height)
        : wrappedRows(state.log, newer(), width, height, theme),
  });
}

function legends(
  { problems }: Pick<DashboardState, "problems">,
  newer: number,
  { glyphs }: Theme,
): readonly Row[] {
  const count = problems === 1 ? "1 problem" : `${problems} problems`;
  if (newer === 0) return problems === 0 ? [] : [[run(count, { color: COLORS.caution })]];
  return legendsOf([`${newer} newer`, problems > 0 ? count : undefined], glyphs.dot);
}
