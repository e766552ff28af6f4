// What a list of runs tells of a run's log, gathered event by event: however long the log is, this stays small.
import type { RunEndEvent, RunStartEvent, TrainingEvent } from "@trainscope/core/events";
import { isBetter, isValuesEvent, xOf } from "@trainscope/core/history";
import { plannedAfter } from "./planned-epochs.ts";
import { LISTED_TAG } from "./skim-epoch.ts";

export interface LogSummary {
  readonly isBegun: boolean;
  readonly start: RunStartEvent | undefined;
  /** How often it was continued. */
  readonly resumed: number;
  /** The newest that has ended, or step that was told of; 0 before the first. */
  readonly epoch: number;
  /** How many epochs it is to have, 0 where the log doesn't say. */
  readonly planned: number;
  /** The best validation accuracy, a fraction, and the earliest of equals. */
  readonly best: { readonly epoch: number; readonly value: number } | undefined;
  /** One that the run was continued after is none. */
  readonly end: RunEndEvent | undefined;
}

export interface GrowingLogSummary extends LogSummary {
  add(event: TrainingEvent): void;
}

export function createLogSummary(): GrowingLogSummary {
  const summary = {
    isBegun: false,
    start: undefined as RunStartEvent | undefined,
    resumed: 0,
    epoch: 0,
    planned: 0,
    best: undefined as LogSummary["best"],
    end: undefined as RunEndEvent | undefined,
    add(event: TrainingEvent): void {
      summary.isBegun = true;
      summary.planned = plannedAfter(summary.planned, event);
      if (event.type === "run:start") summary.start ??= event;
      else if (event.type === "run:end") summary.end = event;
      else if (event.type === "run:resume") {
        summary.resumed++;
        summary.end = undefined;
      } else if (isValuesEvent(event)) {
        const epoch = xOf(event);
        const value = fractionOf(event.metrics[LISTED_TAG] ?? null, summary.start);
        summary.epoch = Math.floor(epoch);
        if (value === null) return;
        if (summary.best === undefined || isBetter("max", value, summary.best.value))
          summary.best = { epoch, value };
      }
    },
  };
  return summary;
}

/** Other programs tell accuracies in per cent, too. */
function fractionOf(value: number | null, start: RunStartEvent | undefined): number | null {
  const unit = start?.metrics.find(({ tag }) => tag === LISTED_TAG)?.unit;
  return value !== null && unit === "%" ? value / 100 : value;
}
