// The frame around a panel, with its title and a legend in the upper edge.

import { messageOf } from "@trainscope/core/errors";
import { visible } from "@trainscope/core/text";
import { fitRow, fitRows, type Row, rowWidth, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";
import type { Heading, PanelSpec } from "./panel-spec.ts";

/** Inner size of a framed panel: one column of air at each side. */
export function innerSize(width: number, height: number): readonly [number, number] {
  return [Math.max(0, width - 4), Math.max(0, height - 2)];
}

/** A panel as rows of exactly its size. */
export function panelRows({ rect, framed = false, heading, draw }: PanelSpec, theme: Theme): Row[] {
  const { width, height } = rect;
  const head = heading?.();
  if (framed) return frameRows(draw(...innerSize(width, height)), head ?? { title: "" }, width, height, theme);
  if (head) return headRows(draw(width - 1, height - 1), head, width, height, theme);
  return fitRows(draw(width, height), width, height, theme.glyphs.ellipsis);
}

/** What is shown of a panel that could not be drawn: its name, and why. */
export function failedRows({ name, rect, framed }: PanelSpec, error: unknown, theme: Theme): Row[] {
  const message = run(`${name}: ${visible(messageOf(error))}`, { color: COLORS.bad });
  const heading = framed ? { heading: () => ({ title: name }) } : {};
  return panelRows({ name, rect, framed: framed ?? false, ...heading, draw: () => [[message]] }, theme);
}

export function frameRows(
  body: readonly Row[],
  heading: Heading,
  width: number,
  height: number,
  { glyphs }: Theme,
): Row[] {
  const [topLeft, topRight, bottomLeft, bottomRight, across, down] = glyphs.frame;
  const [innerWidth, innerHeight] = innerSize(width, height);
  const title: Row = [run(`${topLeft}${across} `, { dim: true }), run(heading.title, { bold: true }), run(" ")];
  const room = width - rowWidth(title) - 2;
  const legend = heading.legends?.find((candidate) => rowWidth(candidate) + 2 < room);
  const right: Row = legend ? [run(" "), ...legend, run(" ")] : [];
  const line = Math.max(0, room - rowWidth(right));
  const top: Row = [
    ...title,
    run(across.repeat(line), { dim: true }),
    ...right,
    run(`${across}${topRight}`, { dim: true }),
  ];
  const side = run(down, { dim: true });
  const middle = fitRows(body, innerWidth, innerHeight, glyphs.ellipsis).map((row) => [
    run(`${down} `, { dim: true }),
    ...row,
    run(" "),
    side,
  ]);
  const bottom = run(bottomLeft + across.repeat(Math.max(0, width - 2)) + bottomRight, { dim: true });
  return [fitRow(top, width, glyphs.ellipsis), ...middle, [bottom]];
}

/** Without a frame: the title on a line of its own, the legend at its right. */
export function headRows(
  body: readonly Row[],
  heading: Heading,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const title: Row = [run(` ${heading.title}`, { bold: true })];
  const room = width - rowWidth(title) - 1;
  const legend = heading.legends?.find((candidate) => rowWidth(candidate) < room) ?? [];
  const gap = run(" ".repeat(Math.max(1, room - rowWidth(legend))));
  return fitRows([[...title, gap, ...legend], ...body], width, height, theme.glyphs.ellipsis);
}
