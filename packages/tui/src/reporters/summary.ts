// What a run came to: printed on the normal screen after everything else.
import { dirname } from "node:path";
import { scriptOf } from "@trainscope/core";
import type {
  MetricInfo,
  PluginErrorEvent,
  RunEndEvent,
  RunStartEvent,
  TrainingEvent,
} from "@trainscope/core/events";
import {
  appendValues,
  axisOf,
  bestOf,
  createHistory,
  isValuesEvent,
  metricTag,
  ownerOf,
} from "@trainscope/core/history";
import { placeText } from "../text/describe-event.ts";
import { formatDuration, formatX } from "../text/format.ts";
import { type Formats, formatMetric } from "../text/format-metric.ts";
import { isOfMany } from "./lines.ts";

const REASONS: Readonly<Record<RunEndEvent["reason"], string>> = {
  completed: "Completed",
  stopped: "Stopped",
  "early-stop": "Stopped early",
  diverged: "Diverged",
  failed: "Failed",
};

/** Gathers what is said of a run when it has ended. */
export class Summary {
  private readonly history = createHistory();
  private readonly written = new Set<string>();
  private readonly disabled: PluginErrorEvent[] = [];
  private readonly alerts: string[] = [];
  private start: RunStartEvent | undefined;
  private runEnd: RunEndEvent | undefined;
  /** That the run was to have, which may change on the way. */
  private epochs = 0;
  private isChanged = false;
  private hasCheckpoints = false;
  private newest = 0;
  /** Milliseconds in which a process trained it, as far as its clock was not set. */
  private took = 0;

  /** `undefined` until the run has ended. */
  get end(): RunEndEvent | undefined {
    return this.runEnd;
  }

  add(event: TrainingEvent): void {
    const isTrained = event.type !== "run:start" && event.type !== "run:resume";
    if (isTrained) this.took += Math.max(0, event.time - this.newest);
    this.newest = event.time;
    // A run that was only stopped is repeated by fewer epochs just as well.
    this.isChanged ||= scriptOf([event]).some(({ control }) => control.action !== "stop");
    if (event.type === "run:start") {
      this.start = event;
      this.epochs = event.config.epochs ?? 0;
    } else if (isValuesEvent(event)) appendValues(this.history, event);
    else if (event.type === "control" && event.action === "epochs") this.epochs = Number(event.to);
    else if (event.type === "artifact") this.written.add(event.path);
    else if (event.type === "checkpoint") {
      this.hasCheckpoints = true;
      this.written.add(dirname(event.path));
    } else if (event.type === "plugin:error" && event.disabled) this.disabled.push(event);
    else if (event.type === "alert") this.alerts.push(`${event.level}: ${event.message}`);
    else if (event.type === "run:end") this.runEnd = event;
  }

  /** None until the run has ended. `log`: where the run's events were written. */
  lines(formats: Formats, log: string): readonly string[] {
    const { start, runEnd: end } = this;
    if (start === undefined || end === undefined) return [];
    return [
      "",
      this.outcome(start, end),
      ...this.alerts,
      ...testLines(start, end, formats),
      ...this.bestLines(start, formats),
      ...keptLines(start, end),
      ...this.disabled.map(
        (event) => `  plugin "${event.plugin}" was disabled: ${event.message}${placeText(event)}`,
      ),
      "Written:",
      ...[...this.written, log].map((path) => `  ${path}`).sort(),
      ...this.nextSteps(end, log),
    ];
  }

  private outcome({ data }: RunStartEvent, { reason, epochs }: RunEndEvent): string {
    const count = this.epochs > 0 ? `${epochs} of ${this.epochs}` : epochs;
    const where = data ? `, on ${data.name}` : "";
    return `${REASONS[reason]} after ${count} epochs in ${formatDuration(this.took)}${where}.`;
  }

  private bestLines(start: RunStartEvent, formats: Formats): readonly string[] {
    const accuracy = start.metrics.find(({ tag }) => tag === metricTag("validation", "accuracy"));
    const best = accuracy && bestOf(this.history, accuracy.tag, accuracy.direction);
    if (!accuracy || !best) return [];
    const value = formatMetric(accuracy, best.value, formats);
    return [`  best validation accuracy ${value}, after ${axisOf(start)} ${formatX(best.x)}`];
  }

  private nextSteps({ reason }: RunEndEvent, log: string): readonly string[] {
    const goesOn = reason === "stopped" && this.hasCheckpoints;
    return [
      ...(goesOn ? [`It goes on with trainscope train --resume ${dirname(log)}`] : []),
      ...(this.isChanged ? [`Its changes are repeated by the same command with --controls ${log}`] : []),
    ];
  }
}

/** Figures of one metric that are told each, as of ten classes; of a hundred the extremes are. */
const MOST_OF_METRIC = 20;

function testLines({ metrics }: RunStartEvent, end: RunEndEvent, formats: Formats): readonly string[] {
  const tested = metrics.filter(({ split }) => split === "test");
  const line = (name: string, text: string): string => `  test ${name.padEnd(12)} ${text}`;
  const written = (metric: MetricInfo): string => formatMetric(metric, end.metrics[metric.tag], formats);
  return [...Map.groupBy(tested, (metric) => (isOfMany(metric) ? ownerOf(metric) : metric.name))].flatMap(
    ([owner, ofMetric]) => {
      if (ofMetric.length <= MOST_OF_METRIC)
        return ofMetric.map((metric) => line(metric.name, written(metric)));
      const extremes = extremesOf(ofMetric, end).map(
        (metric) => `${written(metric)} (${metric.name.slice(owner.length + 1)})`,
      );
      return line(owner, `${extremes.join(" to ") || "-"}, ${ofMetric.length} in all`);
    },
  );
}

/** Those of the lowest and of the highest figure; none where none has one. */
function extremesOf(metrics: readonly MetricInfo[], end: RunEndEvent): readonly MetricInfo[] {
  const figure = ({ tag }: MetricInfo): number => end.metrics[tag] ?? Number.NaN;
  const sorted = metrics
    .filter((metric) => !Number.isNaN(figure(metric)))
    .sort((a, b) => figure(a) - figure(b));
  return sorted.length === 0 ? [] : [sorted[0] as MetricInfo, sorted.at(-1) as MetricInfo];
}

function keptLines({ config }: RunStartEvent, { keptEpoch }: RunEndEvent): readonly string[] {
  if (config.keep !== "best" || keptEpoch === null) return [];
  return [`  kept the parameters of epoch ${keptEpoch}, the best by ${config.monitor}`];
}
