// What the mouse's wheel does: it zooms charts, and scrolls anything else.
import { hasCharts } from "./chart-commands.ts";
import type { Command } from "./commands.ts";
import type { View } from "./view.ts";

/** Rows at a time, where rows are scrolled. */
const ROWS = 3;

export function wheelCommand({ tab, dialog }: View, action: string): Command | undefined {
  const up = action === "wheel-up";
  if (dialog !== undefined || (!up && action !== "wheel-down")) return undefined;
  if (hasCharts(tab)) return { kind: "zoom", by: up ? 1 : -1 };
  const by = tab === "log" || tab === "plugins" || tab === "help" ? ROWS : 1;
  return { kind: "scroll", by: up ? -by : by };
}
