// Plain lines for pipes, logs and CI: a head, a line an epoch or point, and a line for whatever else is worth knowing.

import type { Axis, Environment, MetricInfo, RunStartEvent, TrainingEvent } from "@trainscope/core/events";
import { SPLITS } from "@trainscope/core/events";
import { axisOf, isValuesEvent, type ValuesEvent } from "@trainscope/core/history";
import { withMetricsOf } from "@trainscope/core/records";
import { changedSettings, describeSchedule, type TrainSettings } from "@trainscope/core/settings";
import type { Observable } from "rxjs";
import type { Print } from "../output/print.ts";
import { describeEvent, isRoutine } from "../text/describe-event.ts";
import { figureKind } from "../text/figure-kind.ts";
import { formatCount, formatX } from "../text/format.ts";
import { type Formats, formatMetric } from "../text/format-metric.ts";

/** Prints a plain line an epoch, and what else a user should know. Resolves when the run has ended. */
export function reportLines(events: Observable<TrainingEvent>, print: Print, formats: Formats): Promise<void> {
  let metrics: readonly MetricInfo[] = [];
  let axis: Axis = "epoch";
  let printedAt = Number.NEGATIVE_INFINITY;
  /** A log of training alone may have a point for each step: one a second is told, and each epoch. */
  const isDue = (event: TrainingEvent): boolean => {
    if (event.type !== "point" || (axis === "epoch" && Number.isInteger(event.x))) return true;
    const isTraining = Object.keys(event.metrics).every((tag) => tag.startsWith("train/"));
    if (isTraining && Math.abs(event.time - printedAt) < POINT_MS) return false;
    printedAt = event.time;
    return true;
  };
  return new Promise((resolve, reject) => {
    events.subscribe({
      next(event) {
        if (event.type === "run:start") {
          metrics = event.metrics;
          axis = axisOf(event);
        } else if (isValuesEvent(event)) metrics = withMetricsOf(metrics, event.metrics);
        if (isDue(event)) print(...linesOf(event, metrics, formats, axis));
      },
      error: reject,
      complete: resolve,
    });
  });
}

const POINT_MS = 1000;

/** The lines that tell an event; none for those that only a live screen shows. */
export function linesOf(
  event: TrainingEvent,
  metrics: readonly MetricInfo[],
  formats: Formats,
  axis: Axis = "epoch",
): readonly string[] {
  switch (event.type) {
    case "run:start":
      return headOf(event);
    case "epoch:end":
    case "point":
      return valuesLine(event, metrics, formats, axis);
    // The summary lists what was written, and says how it ended.
    case "artifact":
    case "run:end":
      return [];
    default: {
      const said = isRoutine(event) ? undefined : describeEvent(event);
      if (said === undefined) return [];
      const worth = said.severity === "warning" || said.severity === "error";
      return [worth ? `${said.severity}: ${said.text}` : said.text];
    }
  }
}

function headOf({ config, data, environment }: RunStartEvent): readonly string[] {
  const lines = [data && dataLine(data), settingsLine(config), environment && engineLine(environment)];
  return lines.filter((line) => line !== undefined);
}

function dataLine({ name, train, validation, test }: NonNullable<RunStartEvent["data"]>): string {
  const splits = `${formatCount(train)} train, ${formatCount(validation)} validation, ${formatCount(test)} test`;
  return `data: ${name} (${splits})`;
}

/** `undefined` where a program tells of none. */
function settingsLine(config: Partial<TrainSettings>): string | undefined {
  const { loss, lambda, learningRate, batchSize, epochs, seed, flip = 0, schedule } = config;
  const usual = { loss, lambda, eta: learningRate, batch: batchSize, epochs, seed };
  const settings = [
    ...Object.entries(usual).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`])),
    ...(flip > 0 ? [`flip ${flip}`] : []),
    ...(schedule === undefined || schedule.kind === "constant"
      ? []
      : [`schedule ${describeSchedule(schedule)}`]),
    ...changedSettings(config).map(([name, value]) => `${name} ${value}`),
  ];
  return settings.length === 0 ? undefined : `settings: ${settings.join(", ")}`;
}

function engineLine({ engine, vectors, precision, threads }: Environment): string {
  const parts = [engine, ...(vectors === undefined ? [] : [vectors]), precision];
  return `engine: ${[...parts, `${threads} thread${threads === 1 ? "" : "s"}`].join(", ")}`;
}

/** One of a metric's many series, which would bury the others: the summary tells their last. */
export function isOfMany({ name, display }: MetricInfo): boolean {
  return name.includes("/") && display.chart === false;
}

/** None for a point that tells of the machine alone. */
function valuesLine(
  event: ValuesEvent,
  metrics: readonly MetricInfo[],
  formats: Formats,
  axis: Axis,
): readonly string[] {
  const listed = metrics.filter((metric) => !isOfMany(metric));
  const names = listed.map(({ name }) => name);
  // What another program tells of its machine would bury its figures.
  const isFigure = ({ name }: MetricInfo): boolean => figureKind(name, names) !== "machine";
  const told =
    event.type === "epoch:end" ? listed : listed.filter((one) => one.tag in event.metrics && isFigure(one));
  const splits = SPLITS.flatMap((split) => {
    // The run's own test figures come at its end.
    const values = told
      .filter((metric) => metric.split === split && (split !== "test" || metric.tag in event.metrics))
      .map((metric) => `${metric.name} ${formatMetric(metric, event.metrics[metric.tag], formats)}`);
    return values.length === 0 ? [] : [`${split}: ${values.join(", ")}`];
  });
  if (event.type === "point")
    return splits.length === 0 ? [] : [[`${axis} ${formatX(event.x)}`, ...splits].join(" | ")];
  const { epoch, epochs, timing } = event;
  const width = String(epochs).length;
  const place = epochs > 0 ? `${String(epoch).padStart(width)}/${epochs}` : String(epoch);
  const took = timing.trainMs + timing.evaluateMs;
  return [[`epoch ${place}`, ...splits, ...(took > 0 ? [`${(took / 1000).toFixed(2)} s`] : [])].join(" | ")];
}
