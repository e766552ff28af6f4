// Plain lines for pipes, logs and CI: a head, a line an epoch, and a line for whatever else is worth knowing.
import {
  changedSettings,
  type EpochEndEvent,
  type MetricInfo,
  type RunStartEvent,
  type Split,
  type TrainingEvent,
} from "@trainscope/core";
import type { Observable } from "rxjs";
import { describeEvent } from "../text/describe-event.ts";
import { describeSchedule } from "../text/describe-schedule.ts";
import { formatCount } from "../text/format.ts";
import { type Formats, formatMetric } from "../text/format-metric.ts";
import { clean } from "../text/width.ts";

export function reportLines(
  events: Observable<TrainingEvent>,
  write: (text: string) => void,
  formats: Formats,
): Promise<void> {
  let metrics: readonly MetricInfo[] = [];
  return new Promise((resolve, reject) => {
    events.subscribe({
      next(event) {
        if (event.type === "run:start") metrics = event.metrics;
        const lines = linesOf(event, metrics, formats);
        if (lines.length > 0) write(`${lines.join("\n")}\n`);
      },
      error: reject,
      complete: resolve,
    });
  });
}

/** The lines that tell an event; none for those that only a live screen shows. */
export function linesOf(
  event: TrainingEvent,
  metrics: readonly MetricInfo[],
  formats: Formats,
): readonly string[] {
  switch (event.type) {
    case "run:start":
      return headOf(event);
    case "epoch:end":
      return [epochLine(event, metrics, formats)];
    // The summary lists what was written, and says how it ended.
    case "artifact":
    case "run:end":
      return [];
    default: {
      const said = describeEvent(event);
      if (said === undefined) return [];
      const worth = said.severity === "warning" || said.severity === "error";
      return [clean(worth ? `${said.severity}: ${said.text}` : said.text)];
    }
  }
}

function headOf({ config, data, environment }: RunStartEvent): readonly string[] {
  const splits = `${formatCount(data.train)} train, ${formatCount(data.validation)} validation, ${formatCount(data.test)} test`;
  const settings = [
    `loss ${config.loss}`,
    `lambda ${config.lambda}`,
    `eta ${config.learningRate}`,
    `batch ${config.batchSize}`,
    `epochs ${config.epochs}`,
    `seed ${config.seed}`,
    ...(config.flip > 0 ? [`flip ${config.flip}`] : []),
    ...(config.schedule.kind === "constant" ? [] : [`schedule ${describeSchedule(config.schedule)}`]),
    ...changedSettings(config).map(([name, value]) => `${name} ${value}`),
  ];
  return [
    `data: ${data.name} (${splits})`,
    `settings: ${settings.join(", ")}`,
    `engine: ${environment.engine}, ${environment.precision}, ${environment.threads} thread${environment.threads === 1 ? "" : "s"}`,
  ];
}

function epochLine(event: EpochEndEvent, metrics: readonly MetricInfo[], formats: Formats): string {
  const { epoch, epochs, timing } = event;
  const width = String(epochs).length;
  const splits = (["train", "validation"] satisfies Split[]).map((split) => {
    const values = metrics
      .filter((metric) => metric.split === split)
      .map((metric) => `${metric.name} ${formatMetric(metric, event.metrics[metric.tag], formats)}`);
    return `${split}: ${values.join(", ")}`;
  });
  const seconds = ((timing.trainMs + timing.evaluateMs) / 1000).toFixed(2);
  return [`epoch ${String(epoch).padStart(width)}/${epochs}`, ...splits, `${seconds} s`].join(" | ");
}
