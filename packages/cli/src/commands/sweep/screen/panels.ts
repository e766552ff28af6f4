// The whole screen as panels. Pure.

import type { PanelSpec } from "@trainscope/tui/parts";
import { indented, tooSmallRows } from "@trainscope/tui/parts";
import { helpPanel } from "../../../screens/help-panel.ts";
import { curveRows, curvesHeading } from "./curve-rows.ts";
import { detailRow, hintsRow, progressRow, titleRow } from "./edge-rows.ts";
import { BOARD_HELP } from "./help.ts";
import { laneRows } from "./lane-rows.ts";
import { type BoardLayout, boardLayoutFor, tableRoom } from "./layout.ts";
import { mapHeading, mapRows } from "./map-rows.ts";
import type { BoardScene } from "./scene.ts";
import { tableHeading, tableRows } from "./table-rows.ts";

/** Exactly the terminal's size, or a message that it is too small. */
export function boardPanels(scene: BoardScene, columns: number, rows: number): readonly PanelSpec[] {
  const { board, view, theme } = scene;
  const screen = { left: 0, top: 0, width: columns, height: rows };
  const layout = boardLayoutFor(columns, rows, board.lanes.length);
  if (layout === undefined) {
    const draw = () => [...tooSmallRows(columns, rows), progressRow(scene, columns)];
    return [{ name: "Screen", rect: screen, draw }];
  }
  const { framed, title, progress, table, detail, hints } = layout;
  const depends = [board.recorded, view, board.phase];
  return [
    { name: "Title", rect: title, draw: (width) => [titleRow(scene, width)] },
    { name: "Progress", rect: indented(progress), draw: (width) => [progressRow(scene, width)] },
    {
      name: "Leaderboard",
      rect: table,
      framed,
      depends,
      heading: () => tableHeading(scene, tableRoom(layout)),
      draw: (width, height) => tableRows(scene, width, height),
    },
    ...chartPanels(scene, layout, depends),
    lanesPanel(scene, layout, rows),
    { name: "Selected", rect: indented(detail), draw: () => [detailRow(scene)], depends },
    { name: "Keys", rect: hints, draw: (width) => [hintsRow(scene, width)] },
    ...(view.help ? [helpPanel(BOARD_HELP, columns, rows, theme)] : []),
  ];
}

function chartPanels(
  scene: BoardScene,
  layout: BoardLayout,
  depends: readonly unknown[],
): readonly PanelSpec[] {
  const { framed, curves, map, both } = layout;
  const chart: PanelSpec = {
    name: "Curves",
    rect: curves,
    framed,
    depends,
    heading: () => curvesHeading(scene),
    draw: (width, height) => curveRows(scene, width, height),
  };
  const heat: PanelSpec = {
    name: "Map",
    rect: map,
    framed,
    depends,
    heading: () => mapHeading(scene),
    draw: (width, height) => mapRows(scene, width, height),
  };
  if (both) return [chart, heat];
  return [scene.view.map ? heat : chart];
}

function lanesPanel(scene: BoardScene, { framed, lanes }: BoardLayout, rows: number): PanelSpec {
  const isHeaded = rows >= 30;
  return {
    name: "Trainings",
    rect: isHeaded && framed ? lanes : indented(lanes),
    framed: isHeaded && framed,
    heading: isHeaded ? () => ({ title: "Trainings" }) : undefined,
    draw: (width, height) => laneRows(scene, width, height),
  };
}
