// The settings of the run, as a panel or in one line.
import { describeSchedule } from "../../text/describe-schedule.ts";
import { formatCount, formatSetting, formatShortCount } from "../../text/format.ts";
import { clean, displayWidth } from "../../text/width.ts";
import type { DashboardState } from "../model/state.ts";
import { alignLeft, type Row, run } from "../text/rows.ts";
import type { Theme } from "../theme.ts";

const LABEL = 15;

/** A row each: what it is called, and its value now. */
export function settingsRows(state: DashboardState, width: number, theme: Theme): Row[] {
  const { run: start } = state;
  if (start === undefined) return [[run("waiting for the run to start", { dim: true })]];
  const { config, data, model, environment } = start;
  const { eta, lambda, arrow, dot } = theme.glyphs;
  const splits = [data.train, data.validation, data.test].map(formatShortCount).join(" / ");
  const threads = `${environment.threads} thread${environment.threads === 1 ? "" : "s"}`;
  const entries: readonly (readonly [string, string])[] = [
    [`learning rate ${theme.ascii ? "" : eta}`, rateNow(state, arrow)],
    [`weight decay ${theme.ascii ? "" : lambda}`, formatSetting(state.lambda ?? config.lambda)],
    ["batch size", formatCount(config.batchSize)],
    ["loss", config.loss],
    ["schedule", describeSchedule(config.schedule)],
    ["seed, mirrored", `${config.seed}, ${formatSetting(config.flip * 100)} %`],
    ["images", splits],
    ["model", `${formatCount(model.parameters)} parameters`],
    [
      "engine",
      joinFitting([environment.engine, threads, environment.precision], ` ${dot} `, width - LABEL - 1),
    ],
  ];
  return entries.map(([label, value]) => [run(alignLeft(label, LABEL + 1), { dim: true }), run(clean(value))]);
}

/** The same in one line; what doesn't fit in `width` is left out whole, not cut. */
export function settingsLine(state: DashboardState, width: number, theme: Theme): Row {
  const { run: start, lambda, learningRate } = state;
  if (start === undefined) return [run(" waiting for the run to start", { dim: true })];
  const { config } = start;
  const { glyphs } = theme;
  const entries: readonly (readonly [string, string])[] = [
    [glyphs.eta, shortRate(learningRate ?? config.learningRate)],
    [glyphs.lambda, formatSetting(lambda ?? config.lambda)],
    ["batch", String(config.batchSize)],
    ["loss", config.loss],
    ["seed", String(config.seed)],
    ["schedule", describeSchedule(config.schedule)],
    ["flip", formatSetting(config.flip)],
  ];
  const row = [run(" ")];
  let used = 1;
  for (const [label, value] of entries) {
    const gap = row.length > 1 ? (theme.ascii ? "  " : "   ") : "";
    const size = displayWidth(`${gap}${label} ${value}`);
    if (used + size > width) break;
    row.push(run(`${gap}${label} `, { dim: true }), run(value));
    used += size;
  }
  return row;
}

/** As many parts, from the first on, as fit whole. */
function joinFitting(parts: readonly string[], joint: string, width: number): string {
  return parts.reduce((text, part) => {
    const longer = `${text}${joint}${part}`;
    return displayWidth(longer) <= width ? longer : text;
  });
}

/** The rate now, after the one it began with if it has changed. */
function rateNow({ run: start, learningRate }: DashboardState, arrow: string): string {
  const base = start?.config.learningRate ?? 0;
  const now = learningRate ?? base;
  const text = shortRate(now);
  return now === base ? text : `${formatSetting(base)} ${arrow} ${text}`;
}

/** A schedule gives rates of many digits; three tell enough. */
function shortRate(rate: number): string {
  return formatSetting(Number(rate.toPrecision(3)));
}
