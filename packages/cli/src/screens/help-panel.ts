// A help in the middle of a screen, over everything else.
import type { Help, PanelSpec, Theme } from "@trainscope/tui/parts";

export function helpPanel(help: Help, columns: number, rows: number, theme: Theme): PanelSpec {
  const width = Math.min(help.width, columns);
  const height = Math.min(help.height, rows);
  const [left, top] = [Math.floor((columns - width) / 2), Math.floor((rows - height) / 2)];
  return {
    name: "Help",
    rect: { left, top, width, height },
    framed: true,
    layer: 1,
    heading: () => ({ title: "Help" }),
    draw: () => [[], ...help.rows(theme)],
  };
}
