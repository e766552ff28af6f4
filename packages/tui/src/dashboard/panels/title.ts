// The first line: the program, the data, the engine, and where the run stands.

import { formatCount } from "../../text/format.ts";
import { clean } from "../../text/width.ts";
import type { DashboardState } from "../model/state.ts";
import { type Color, type Row, rowWidth, run, spread } from "../text/rows.ts";
import { COLORS, type Theme } from "../theme.ts";

export function titleRow(state: DashboardState, width: number, theme: Theme): Row {
  const { glyphs } = theme;
  const brand: Row = [
    run(` ${glyphs.brand} `, { color: COLORS.brand }),
    run("trainscope", { bold: true, color: COLORS.brand }),
  ];
  const [sign, label, color] = status(state, theme);
  const badge: Row = [run("  "), run(`${sign} ${label}`, { bold: true, color }), run(" ")];
  if (state.run === undefined) return spread(brand, badge, width, glyphs.ellipsis);
  const { data, environment } = state.run;
  const left: Row = [...brand, run("  "), run(clean(data.name))];
  const threads = `${environment.threads} thread${environment.threads === 1 ? "" : "s"}`;
  const engine = run(`${environment.engine} ${glyphs.dot} ${threads}`, { dim: true });
  const images = run(`   ${formatCount(data.train)} images`, { dim: true });
  const whole = [...left, images];
  const fits = (row: Row, right: Row): boolean => rowWidth(row) + rowWidth(right) + 3 <= width;
  const right = [engine, ...badge];
  if (fits(whole, right)) return spread(whole, right, width, glyphs.ellipsis);
  return spread(left, fits(left, right) ? right : badge, width, glyphs.ellipsis);
}

function status(
  { phase, requested, reason = "completed" }: DashboardState,
  { glyphs }: Theme,
): readonly [string, string, Color] {
  const soon = glyphs.ellipsis === "…" ? "…" : "...";
  if (phase !== "ended" && requested !== undefined) {
    const asked = {
      pause: [glyphs.paused, `pausing${soon}`, COLORS.caution],
      resume: [glyphs.running, `resuming${soon}`, COLORS.good],
      step: [glyphs.running, "stepping", COLORS.good],
      stop: [glyphs.stopping, `stopping${soon}`, COLORS.caution],
    } as const;
    return asked[requested];
  }
  const endings = {
    completed: [glyphs.done, "done", COLORS.good],
    "early-stop": [glyphs.done, "stopped early", COLORS.good],
    stopped: [glyphs.stopping, "stopped", COLORS.caution],
    diverged: [glyphs.error, "diverged", COLORS.bad],
    failed: [glyphs.error, "failed", COLORS.bad],
  } as const;
  const states = {
    waiting: [glyphs.dot, `warming up${soon}`, COLORS.caution],
    training: [glyphs.running, "training", COLORS.good],
    stepping: [glyphs.running, "stepping", COLORS.good],
    paused: [glyphs.paused, "paused", COLORS.caution],
    finishing: [glyphs.running, `writing pictures${soon}`, COLORS.good],
    ended: endings[reason],
  } as const;
  return states[phase];
}
