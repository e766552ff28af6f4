// The settings of the run, as a panel or in one line.

import type { Environment, RunStartEvent } from "@trainscope/core/events";
import { SPLITS } from "@trainscope/core/events";
import { changedSettings, describeSchedule, type TrainSettings } from "@trainscope/core/settings";
import { visible } from "@trainscope/core/text";
import { formatCount, formatSetting, formatShortCount } from "../../text/format.ts";
import { type Formats, formatMetric, NO_FORMATS } from "../../text/format-metric.ts";
import { displayWidth } from "../../text/width.ts";
import { figuresOf, metricCell } from "../model/metrics.ts";
import type { DashboardState } from "../model/state.ts";
import { alignLeft, type Row, run } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";

const LABEL = 15;
/** Rows of settings that are shown whatever they are. */
const USUAL_ROWS = 9;

interface Entry {
  readonly label: string;
  readonly value: string;
  /** Where there is no room for all, the greatest goes first; 0 stays. */
  readonly spare?: number;
}

/** Rows that the panel would like to have. */
export function settingsRowCount(start: RunStartEvent | undefined): number {
  return USUAL_ROWS + (start ? changedEntries(start.config).length + foreignEntries(start.config).length : 0);
}

/** A row each: what it is called, and its value now. What says least is left out where they are more than `height`. */
export function settingsRows(
  state: DashboardState,
  width: number,
  height: number,
  theme: Theme,
  formats: Formats = NO_FORMATS,
): Row[] {
  const { run: start } = state;
  if (start === undefined) return [[run("waiting for the run to start", { dim: true })]];
  const { config, data, model, environment } = start;
  const { eta, lambda, arrow, dot } = theme.glyphs;
  const splits = data && [data.train, data.validation, data.test].map(formatShortCount).join(" / ");
  const { loss, schedule } = config;
  const entries: readonly Entry[] = [
    { label: `learning rate ${theme.ascii ? "" : eta}`, value: rateNow(state, arrow) },
    { label: `L2 penalty ${theme.ascii ? "" : lambda}`, value: known(state.lambda, formatSetting) },
    { label: "batch size", value: known(state.batchSize, formatCount), spare: 1 },
    { label: "loss", value: loss ?? UNKNOWN, spare: loss === undefined || loss === "softmax" ? 2 : 0 },
    {
      label: "schedule",
      value: known(schedule, describeSchedule),
      spare: schedule === undefined || schedule.kind === "constant" ? 3 : 0,
    },
    { label: "seed, mirrored", value: seedAndFlip(config) },
    ...changedEntries(config),
    ...foreignEntries(config),
    ...constantEntries(state, formats),
    { label: "images", value: splits ?? UNKNOWN, spare: 5 },
    {
      label: "model",
      value: known(model, ({ parameters }) => `${formatCount(parameters)} parameters`),
      spare: 6,
    },
    {
      label: "engine",
      value: known(environment, (it) => joinFitting(partsOf(it), ` ${dot} `, width - LABEL - 1)),
      spare: 4,
    },
  ];
  const stated = entries.filter(({ value }) => !UNTOLD.includes(value));
  if (stated.length === 0) return [[run("the program tells no settings", { dim: true })]];
  return fitting(stated, height).map(({ label, value }) => [
    run(alignLeft(label, LABEL + 1), { dim: true }),
    run(visible(value)),
  ]);
}

const UNKNOWN = "-";
const UNTOLD: readonly string[] = [UNKNOWN, `${UNKNOWN}, ${UNKNOWN}`];

/** Another program than trainscope tells of its settings what it likes to. */
function known<Value>(value: Value | undefined, describe: (value: Value) => string): string {
  return value === undefined ? UNKNOWN : describe(value);
}

function seedAndFlip({ seed, flip }: Partial<TrainSettings>): string {
  return `${known(seed, String)}, ${known(flip, (share) => `${formatSetting(share * 100)} %`)}`;
}

function partsOf({ engine, threads, precision, vectors }: Environment): readonly string[] {
  const parts = [engine, `${threads} thread${threads === 1 ? "" : "s"}`, precision];
  return vectors === undefined ? parts : [...parts, vectors];
}

/** Settings that are shown only where they differ from the default, two that belong together in one row. */
function changedEntries(config: Partial<TrainSettings>): Entry[] {
  const changed = new Map(changedSettings(config));
  return [["init", "noise"], ["patience", "keep"], ["monitor"]].flatMap((names) => {
    const present = names.filter((name) => changed.has(name));
    if (present.length === 0) return [];
    return [{ label: present.join(", "), value: present.map((name) => changed.get(name)).join(", ") }];
  });
}

/** Settings that only another program has, under their own names. */
function foreignEntries(config: Partial<TrainSettings>): Entry[] {
  return Object.entries(config).flatMap(([name, value]: [string, unknown]): Entry[] =>
    OWN_SETTINGS.has(name) || typeof value === "object"
      ? []
      : [
          {
            label: visible(name),
            value: typeof value === "number" ? formatSetting(value) : String(value),
            spare: 1,
          },
        ],
  );
}

/** What isn't shown under another label is among the settings that a run of our own has changed. */
const OWN_SETTINGS: ReadonlySet<string> = new Set([
  "epochs",
  "batchSize",
  "learningRate",
  "lambda",
  "seed",
  "loss",
  "flip",
  "schedule",
  "initialisation",
  "noise",
  "patience",
  "keep",
  "monitor",
]);

/** Figures that never change: another program's count of parameters, say. */
function constantEntries(state: DashboardState, formats: Formats): Entry[] {
  return figuresOf(state).constants.map((group): Entry => {
    const cell = SPLITS.map((split) => metricCell(state, group[split])).find((one) => one !== undefined);
    return { label: visible(group.name), value: formatMetric(group.info, cell?.newest, formats), spare: 1 };
  });
}

function fitting(entries: readonly Entry[], height: number): readonly Entry[] {
  if (entries.length <= height) return entries;
  const spares = entries.map(({ spare = 0 }) => spare);
  const most = Math.max(...spares);
  if (most === 0) return entries.slice(0, height);
  return fitting(entries.toSpliced(spares.indexOf(most), 1), height);
}

/** The same in one line; what doesn't fit in `width` is left out whole, not cut. */
export function settingsLine(
  state: DashboardState,
  width: number,
  theme: Theme,
  formats: Formats = NO_FORMATS,
): Row {
  const { run: start, lambda, learningRate } = state;
  if (start === undefined) return [run(" waiting for the run to start", { dim: true })];
  const { config } = start;
  const { glyphs } = theme;
  const entries: readonly (readonly [string, string])[] = [
    [glyphs.eta, known(learningRate, shortRate)],
    [glyphs.lambda, known(lambda, formatSetting)],
    ["batch", known(state.batchSize, String)],
    ["loss", config.loss ?? UNKNOWN],
    ["seed", known(config.seed, String)],
    ...changedSettings(config),
    ["schedule", known(config.schedule, describeSchedule)],
    ["flip", known(config.flip, formatSetting)],
    ...[...foreignEntries(config), ...constantEntries(state, formats)].map(
      ({ label, value }) => [label, value] as const,
    ),
  ];
  const stated = entries.filter(([, value]) => value !== UNKNOWN);
  if (stated.length === 0) return [run(" the program tells no settings", { dim: true })];
  const row = [run(" ")];
  let used = 1;
  for (const [label, value] of stated) {
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
  const base = start?.config.learningRate;
  const now = learningRate ?? base;
  if (now === undefined) return UNKNOWN;
  const text = shortRate(now);
  return base === undefined || now === base ? text : `${formatSetting(base)} ${arrow} ${text}`;
}

/** A schedule gives rates of many digits; three tell enough. */
function shortRate(rate: number): string {
  return formatSetting(Number(rate.toPrecision(3)));
}
