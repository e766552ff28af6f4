// A picture of the screen, as it is or over time, as SVG: it stays sharp at any size and its text can be searched.

import { escapeXml } from "@trainscope/core/text";
import type { Row } from "../text/rows.ts";
import { CELL } from "./cell-shapes.ts";
import { PALETTES } from "./palette.ts";
import { rowSvg } from "./row-svg.ts";

export type { Paint, Row, Run, Style } from "../text/rows.ts";

/** What `screenSvg` takes. */
export interface ScreenPictureOptions {
  readonly columns: number;
  readonly rows: number;
  readonly background?: "dark" | "light";
  /** What the picture shows, for those who don't see it. */
  readonly title: string;
}

const MARGIN = 16;
const FONT = "'DejaVu Sans Mono','Menlo','Consolas','Liberation Mono',monospace";

/** One frame. */
export function screenSvg(frame: readonly Row[], options: ScreenPictureOptions): string {
  const palette = PALETTES[options.background ?? "dark"];
  return wrapped(frame.map((row, index) => rowSvg(row, index * CELL.height, palette)).join("\n"), options);
}

/** A frame, and the milliseconds for which it is shown. */
export interface TimedFrame {
  readonly rows: readonly Row[];
  readonly milliseconds: number;
}

/** Frames one after the other, over and over. A row that stays as it is from one frame to the next is there once. */
export function animatedScreenSvg(frames: readonly TimedFrame[], options: ScreenPictureOptions): string {
  const palette = PALETTES[options.background ?? "dark"];
  const starts = [0];
  for (const { milliseconds } of frames) starts.push((starts.at(-1) ?? 0) + milliseconds);
  const whole = starts.at(-1) ?? 0;
  const parts: string[] = [];
  for (let row = 0; row < options.rows; row++) {
    const drawn = frames.map(({ rows }) => rowSvg(rows[row] ?? [], row * CELL.height, palette));
    for (let first = 0; first < drawn.length; ) {
      let end = first + 1;
      while (end < drawn.length && drawn[end] === drawn[first]) end++;
      const part = drawn[first] ?? "";
      if (part !== "")
        parts.push(shownFrom(part, (starts[first] ?? 0) / whole, (starts[end] ?? whole) / whole, whole));
      first = end;
    }
  }
  return wrapped(parts.join("\n"), options);
}

/** `from` and `to` are shares of the whole, 0 to 1. */
function shownFrom(part: string, from: number, to: number, milliseconds: number): string {
  if (from === 0 && to === 1) return part;
  const times = [
    ...(from > 0 ? [[0, "hidden"] as const] : []),
    [from, "visible"] as const,
    ...(to < 1 ? [[to, "hidden"] as const] : []),
  ];
  const values = times.map(([, value]) => value).join(";");
  const keyTimes = times.map(([time]) => Number(time.toFixed(4))).join(";");
  const first = from > 0 ? ' visibility="hidden"' : "";
  const animate = `<animate attributeName="visibility" calcMode="discrete" dur="${milliseconds}ms" repeatCount="indefinite" values="${values}" keyTimes="${keyTimes}"/>`;
  return `<g${first}>${animate}${part}</g>`;
}

function wrapped(content: string, { columns, rows, background = "dark", title }: ScreenPictureOptions): string {
  const width = columns * CELL.width + 2 * MARGIN;
  const height = rows * CELL.height + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<rect width="${width}" height="${height}" rx="10" fill="${PALETTES[background].background}"/>
<g transform="translate(${MARGIN} ${MARGIN})" font-family="${FONT}" font-size="15">
${content}
</g>
</svg>
`;
}
