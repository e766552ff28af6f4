// The whole screen as rows, without a terminal: for a picture of it.
import { messageOf } from "@trainscope/core";
import { panelRows } from "./panels/frame.ts";
import { screenPanels } from "./screen-panels.ts";
import type { Scene } from "./tabs/tab.ts";
import { compose } from "./terminal/compose.ts";
import { type Row, run } from "./text/rows.ts";

/** `rows` rows of exactly `columns` columns. */
export function screenRows(scene: Scene, columns: number, rows: number): Row[] {
  const placed = screenPanels(scene, columns, rows).map((panel) => {
    const { rect, layer = 0, name } = panel;
    try {
      return { rect, layer, rows: panelRows(panel, scene.theme) };
    } catch (error) {
      return { rect, layer, rows: [[run(`${name}: ${messageOf(error)}`)]] };
    }
  });
  return compose(placed, columns, rows);
}
