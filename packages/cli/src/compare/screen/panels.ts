// The whole screen as panels. Pure.

import type { PanelSpec, Theme } from "@trainscope/tui/parts";
import { indented, run, tooSmallRows } from "@trainscope/tui/parts";
import { helpPanel } from "../../screens/help-panel.ts";
import type { Comparison } from "../comparison.ts";
import { type ChartScene, chartHeading, chartRows } from "./chart-rows.ts";
import { detailRows, hintsRow, titleRow } from "./edge-rows.ts";
import { COMPARE_HELP } from "./help.ts";
import { compareLayoutFor, tableRoom } from "./layout.ts";
import { tableHeading, tableRows } from "./table-rows.ts";
import { type CompareView, shownOf } from "./view.ts";

export interface CompareScene {
  readonly comparison: Comparison;
  readonly view: CompareView;
  /** What was just said. */
  readonly notice: string | undefined;
  readonly theme: Theme;
}

/** Exactly the terminal's size, or a message that it is too small. */
export function comparePanels(scene: CompareScene, columns: number, rows: number): readonly PanelSpec[] {
  const { comparison, view, notice, theme } = scene;
  const screen = { left: 0, top: 0, width: columns, height: rows };
  const layout = compareLayoutFor(columns, rows, comparison.runs.length);
  if (layout === undefined) {
    return [{ name: "Screen", rect: screen, draw: () => [...tooSmallRows(columns, rows), [run("q quits")]] }];
  }
  const { framed, title, chart, table, detail, hints } = layout;
  const shown: ChartScene = { comparison, view, theme, shown: shownOf(comparison, view) };
  const depends = [comparison, view];
  return [
    { name: "Title", rect: title, draw: (width) => [titleRow(shown, width)], depends },
    {
      name: "Chart",
      rect: chart,
      framed,
      heading: () => chartHeading(shown, chart.width),
      draw: (width, height) => chartRows(shown, width, height),
      depends,
    },
    {
      name: "Runs",
      rect: table,
      framed,
      heading: () => tableHeading(shown, tableRoom(layout)),
      draw: (width, height) => tableRows(shown, width, height),
      depends,
    },
    {
      name: "Selected run",
      rect: indented(detail),
      draw: (width, height) => detailRows(shown, width, height),
      depends,
    },
    {
      name: "Keys",
      rect: hints,
      draw: (width) => [hintsRow(view, notice, width, theme)],
      depends: [view, notice],
    },
    ...(view.help ? [helpPanel(COMPARE_HELP, columns, rows, theme)] : []),
  ];
}
