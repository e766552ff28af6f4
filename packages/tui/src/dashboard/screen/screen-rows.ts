// The whole screen as rows, without a terminal: for a picture of it.
import { failedRows, panelRows } from "../panels/frame.ts";
import type { Scene } from "../panels/scene.ts";
import { compose } from "../terminal/compose.ts";
import type { Row } from "../text/rows.ts";
import { screenPanels } from "./screen-panels.ts";

/** `rows` rows of exactly `columns` columns. */
export function screenRows(scene: Scene, columns: number, rows: number): Row[] {
  const placed = screenPanels(scene, columns, rows).map((panel) => {
    const { rect, layer = 0 } = panel;
    try {
      return { rect, layer, rows: panelRows(panel, scene.theme) };
    } catch (error) {
      return { rect, layer, rows: failedRows(panel, error, scene.theme) };
    }
  });
  return compose(placed, columns, rows);
}
