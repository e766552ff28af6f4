// Draws a tab in areas of all sizes, in all kinds of terminals, and reports whatever leaves its place.

import type { DashboardState } from "../../model/state.ts";
import type { Scene } from "../../panels/scene.ts";
import type { Tab } from "../../tabs/tab.ts";
import type { Rect } from "../../text/layout.ts";
import { plainText, rowWidth } from "../../text/rows.ts";
import type { ThemeOptions } from "../../text/theme.ts";
import { drawn, sceneOf } from "./scene.ts";

const WIDTHS = [20, 37, 60, 72, 80, 108, 155, 220];
const HEIGHTS = [5, 8, 12, 16, 18, 29, 41, 60];
const TERMINALS: readonly ThemeOptions[] = [
  { color: "truecolor", ascii: false },
  { color: "truecolor", ascii: false, background: "light", kitty: true },
  { color: "16", ascii: false },
  { color: false, ascii: false },
  { color: false, ascii: true },
];

/** One line for each fault; the first pages of every size, and what comes when scrolled too far. */
export function sweepFaults(tab: Tab, state: DashboardState): readonly string[] {
  const faults: string[] = [];
  for (const terminal of TERMINALS) {
    for (const width of WIDTHS) {
      for (const height of HEIGHTS) {
        const area = { left: 3, top: 2, width, height };
        const last = tab.lastScroll?.(sceneOf(state, terminal), area) ?? 0;
        for (const page of new Set([0, 1, last + 5])) {
          const scene = sceneOf(state, terminal, { [tab.name]: page });
          const where = `${JSON.stringify(terminal)} ${width}x${height} page ${page} of ${last + 1}`;
          faults.push(...faultsOf(tab, scene, area).map((fault) => `${where}: ${fault}`));
        }
      }
    }
  }
  return faults;
}

function faultsOf(tab: Tab, scene: Scene, area: Rect): string[] {
  const faults: string[] = [];
  const panels = tab.panels(scene, area);
  panels.forEach((panel, index) => {
    const { rect, name } = panel;
    if (!contains(area, rect)) faults.push(`${name} leaves the area`);
    if (panels.slice(0, index).some((other) => overlaps(other.rect, rect))) faults.push(`${name} overlaps`);
    const { rows, width, height } = drawn(panel);
    if (rows.length > height) faults.push(`${name} has ${rows.length} rows, room for ${height}`);
    for (const row of rows) {
      const text = plainText(row);
      if (rowWidth(row) > width) faults.push(`${name} is ${rowWidth(row)} wide, room for ${width}: ${text}`);
      if (/undefined|NaN/.test(text)) faults.push(`${name} says ${text}`);
      if (scene.theme.ascii && /[^\x20-\x7e]/.test(text)) faults.push(`${name} is not ASCII: ${text}`);
    }
  });
  return faults;
}

function contains(area: Rect, { left, top, width, height }: Rect): boolean {
  const [right, bottom] = [left + width, top + height];
  const isInside = right <= area.left + area.width && bottom <= area.top + area.height;
  return left >= area.left && top >= area.top && isInside;
}

function overlaps(a: Rect, b: Rect): boolean {
  const across = a.left < b.left + b.width && b.left < a.left + a.width;
  return across && a.top < b.top + b.height && b.top < a.top + a.height;
}
