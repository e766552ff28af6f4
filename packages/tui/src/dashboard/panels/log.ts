// The newest lines of the log, warnings and errors in colour.

import type { Severity } from "../../text/describe-event.ts";
import { formatClock } from "../../text/format.ts";
import type { LogLine } from "../model/log.ts";
import { type Color, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../theme.ts";

const LOOK: Readonly<Record<Severity, Color | undefined>> = {
  info: undefined,
  success: COLORS.good,
  warning: COLORS.caution,
  error: COLORS.bad,
};

/** The last `height` lines, the newest at the bottom. */
export function logRows(log: readonly LogLine[], height: number, { glyphs }: Theme): Row[] {
  if (log.length === 0) return [[run("nothing to report yet", { dim: true })]];
  return log.slice(-Math.max(1, height)).map(({ time, severity, text, count }) => {
    const color = LOOK[severity];
    const strong = severity === "warning" || severity === "error";
    return [
      run(formatClock(time), { dim: true }),
      run(` ${glyphs[severity]} `, color === undefined ? { dim: true } : { color }),
      run(text, strong ? { color } : {}),
      ...(count > 1 ? [run(` ${glyphs.times}${count}`, { dim: true })] : []),
    ];
  });
}
