// What a run's epochs came to, as a table.
import type { EpochEndEvent, TrainingEvent } from "@trainscope/core";

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}

/** A row an epoch that was finished, a column a tag; `null` where the epoch has no such value. Times in milliseconds. */
export function epochsTable(events: readonly TrainingEvent[]): Table {
  const epochs = events.filter((event): event is EpochEndEvent => event.type === "epoch:end");
  const tags = [...new Set(epochs.flatMap(({ metrics }) => Object.keys(metrics)))];
  return {
    header: ["epoch", "learning rate", ...tags, "training ms", "evaluation ms"],
    rows: epochs.map(({ epoch, learningRate, metrics, timing }) => [
      ...[epoch, learningRate ?? null],
      ...tags.map((tag) => metrics[tag] ?? null),
      ...[timing.trainMs ?? null, timing.evaluateMs ?? null],
    ]),
  };
}
