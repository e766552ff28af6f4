// What a run came to: printed on the normal screen after everything else.
import { dirname } from "node:path";
import { scriptOf } from "@trainscope/core";
import type { PluginErrorEvent, RunEndEvent, RunStartEvent, TrainingEvent } from "@trainscope/core/events";
import {
  appendValues,
  axisOf,
  bestOf,
  createHistory,
  isValuesEvent,
  metricTag,
} from "@trainscope/core/history";
import { placeText } from "../text/describe-event.ts";
import { formatDuration, formatX } from "../text/format.ts";
import { type Formats, formatMetric } from "../text/format-metric.ts";

export interface Summary {
  add(event: TrainingEvent): void;
  /** `undefined` until the run has ended. */
  readonly end: RunEndEvent | undefined;
  /** None until the run has ended. `log`: where the run's events were written. */
  lines(formats: Formats, log: string): readonly string[];
}

const REASONS: Readonly<Record<RunEndEvent["reason"], string>> = {
  completed: "Completed",
  stopped: "Stopped",
  "early-stop": "Stopped early",
  diverged: "Diverged",
  failed: "Failed",
};

/** Gathers what is said of a run when it has ended. */
export function createSummary(): Summary {
  const history = createHistory();
  const written = new Set<string>();
  const disabled: PluginErrorEvent[] = [];
  const alerts: string[] = [];
  let start: RunStartEvent | undefined;
  let end: RunEndEvent | undefined;
  /** That the run was to have, which may change on the way. */
  let epochs = 0;
  let isChanged = false;
  let hasCheckpoints = false;
  let newest = 0;
  /** Milliseconds in which a process trained it, as far as its clock was not set. */
  let took = 0;

  return {
    add(event) {
      if (event.type !== "run:start" && event.type !== "run:resume") took += Math.max(0, event.time - newest);
      newest = event.time;
      // A run that was only stopped is repeated by fewer epochs just as well.
      isChanged ||= scriptOf([event]).some(({ control }) => control.action !== "stop");
      if (event.type === "run:start") {
        start = event;
        epochs = event.config.epochs ?? 0;
      } else if (isValuesEvent(event)) appendValues(history, event);
      else if (event.type === "control" && event.action === "epochs") epochs = Number(event.to);
      else if (event.type === "artifact") written.add(event.path);
      else if (event.type === "checkpoint") {
        hasCheckpoints = true;
        written.add(dirname(event.path));
      } else if (event.type === "plugin:error" && event.disabled) disabled.push(event);
      else if (event.type === "alert") alerts.push(`${event.level}: ${event.message}`);
      else if (event.type === "run:end") end = event;
    },

    get end() {
      return end;
    },

    lines(formats, log) {
      if (start === undefined || end === undefined) return [];
      const { metrics, data, config } = start;
      const ended = end;
      const count = epochs > 0 ? `${ended.epochs} of ${epochs}` : ended.epochs;
      const lines = [
        "",
        `${REASONS[ended.reason]} after ${count} epochs in ${formatDuration(took)}${data ? `, on ${data.name}` : ""}.`,
        ...alerts,
      ];
      const test = metrics.filter(({ split }) => split === "test");
      for (const metric of test) {
        const value = ended.metrics[metric.tag];
        lines.push(`  test ${metric.name.padEnd(12)} ${formatMetric(metric, value, formats)}`);
      }
      const accuracy = metrics.find(({ tag }) => tag === metricTag("validation", "accuracy"));
      const best = accuracy && bestOf(history, accuracy.tag, accuracy.direction);
      if (accuracy && best) {
        lines.push(
          `  best validation accuracy ${formatMetric(accuracy, best.value, formats)}, after ${axisOf(start)} ${formatX(best.x)}`,
        );
      }
      if (config.keep === "best" && ended.keptEpoch !== null) {
        lines.push(`  kept the parameters of epoch ${ended.keptEpoch}, the best by ${config.monitor}`);
      }
      for (const event of disabled) {
        lines.push(`  plugin "${event.plugin}" was disabled: ${event.message}${placeText(event)}`);
      }
      const paths = [...written, log].map((path) => `  ${path}`).sort();
      lines.push("Written:", ...paths);
      if (ended.reason === "stopped" && hasCheckpoints) {
        lines.push(`It goes on with trainscope train --resume ${dirname(log)}`);
      }
      if (isChanged) lines.push(`Its changes are repeated by the same command with --controls ${log}`);
      return lines;
    },
  };
}
