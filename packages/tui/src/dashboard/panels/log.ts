// The lines of the log, warnings and errors in colour.

import type { Severity } from "../../text/describe-event.ts";
import { formatClock } from "../../text/format.ts";
import type { LogLine } from "../model/log.ts";
import { type Color, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";
import { wrap } from "../text/wrap.ts";

const LOOK: Readonly<Record<Severity, Color | undefined>> = {
  info: undefined,
  success: COLORS.good,
  warning: COLORS.caution,
  error: COLORS.bad,
};

/** The last `height` lines, the newest at the bottom, each cut where it is too long. */
export function logRows(log: readonly LogLine[], height: number, theme: Theme): Row[] {
  if (log.length === 0) return [[run("nothing to report yet", { dim: true })]];
  return log
    .slice(-Math.max(1, height))
    .map((line) => [...stamp(line, theme), ...words(line, line.text, true, theme)]);
}

/** Columns of the clock and the sign before each line. */
const STAMP = 11;

/** Rows that the whole log takes where what is too long goes on below its beginning. */
export function wrappedLength(log: readonly LogLine[], width: number): number {
  return log.reduce((sum, line) => sum + partsOf(line, width).length, 0);
}

/** Of those, the `height` rows that end `newer` rows above the last. */
export function wrappedRows(
  log: readonly LogLine[],
  newer: number,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const rows: Row[] = [];
  let below = newer;
  for (const line of log.toReversed()) {
    const parts = partsOf(line, width);
    if (below >= parts.length) {
      below -= parts.length;
      continue;
    }
    const shown = parts.map((text, index) => [
      ...(index === 0 ? stamp(line, theme) : [run(" ".repeat(STAMP))]),
      ...words(line, text, index === parts.length - 1, theme),
    ]);
    rows.unshift(...shown.slice(0, shown.length - below));
    below = 0;
    if (rows.length >= height) break;
  }
  return rows.slice(-height);
}

const PARTS = new WeakMap<LogLine, { readonly width: number; readonly parts: readonly string[] }>();

/** A line never changes, and is asked for in each frame. */
function partsOf(line: LogLine, width: number): readonly string[] {
  const known = PARTS.get(line);
  if (known?.width === width) return known.parts;
  const parts = wrap(line.text, Math.max(1, width - STAMP));
  PARTS.set(line, { width, parts });
  return parts;
}

function stamp({ time, severity }: LogLine, { glyphs }: Theme): Row {
  const color = LOOK[severity];
  return [
    run(formatClock(time), { dim: true }),
    run(` ${glyphs[severity]} `, color === undefined ? { dim: true } : { color }),
  ];
}

/** A part of a line's text; how often it was said is told after the last. */
function words({ severity, count }: LogLine, text: string, last: boolean, { glyphs }: Theme): Row {
  const strong = severity === "warning" || severity === "error";
  const color = LOOK[severity];
  return [
    run(text, strong ? { color } : {}),
    ...(last && count > 1 ? [run(` ${glyphs.times}${count}`, { dim: true })] : []),
  ];
}
