// The first line: the program, the data, the engine, and where the run stands.

import type { Environment } from "@trainscope/core/events";
import type { Source } from "@trainscope/core/source";
import { visible } from "@trainscope/core/text";
import { formatCount } from "../../text/format.ts";
import type { DashboardState } from "../model/state.ts";
import { type Row, rowWidth, run, spread } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";
import { type Status, sourceStatus } from "./source-words.ts";

export function titleRow(state: DashboardState, source: Source, width: number, theme: Theme): Row {
  const { glyphs } = theme;
  const brand: Row = [
    run(` ${glyphs.brand} `, { color: COLORS.brand }),
    run("trainscope", { bold: true, color: COLORS.brand }),
  ];
  const [sign, label, color] = sourceStatus(source, status(state, theme), state, theme);
  const badge: Row = [run("  "), run(`${sign} ${label}`, { bold: true, color }), run(" ")];
  if (state.run === undefined) return spread(brand, badge, width, glyphs.ellipsis);
  const { data, environment } = state.run;
  const left: Row = data ? [...brand, run("  "), run(visible(data.name))] : brand;
  const engine = run(environment ? engineText(environment, glyphs.dot) : "", { dim: true });
  const images = run(`   ${formatCount(data?.train ?? 0)} images`, { dim: true });
  const whole = data ? [...left, images] : left;
  const fits = (row: Row, right: Row): boolean => rowWidth(row) + rowWidth(right) + 3 <= width;
  const right = [engine, ...badge];
  if (fits(whole, right)) return spread(whole, right, width, glyphs.ellipsis);
  return spread(left, fits(left, right) ? right : badge, width, glyphs.ellipsis);
}

function engineText({ engine, threads }: Environment, dot: string): string {
  return visible(`${engine} ${dot} ${threads} thread${threads === 1 ? "" : "s"}`);
}

function status({ phase, requested, reason = "completed" }: DashboardState, { glyphs }: Theme): Status {
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
