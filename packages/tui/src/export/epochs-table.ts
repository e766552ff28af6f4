// What a run's epochs, or steps, came to, as a table.
import {
  axisOf,
  type EpochEndEvent,
  isValuesEvent,
  type RunStartEvent,
  type TrainingEvent,
  xOf,
} from "@trainscope/core";

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}

/** What was told at one place on the axis, by one event or several. */
interface Row {
  readonly metrics: Record<string, number | null>;
  learningRate: number | undefined;
  timing: EpochEndEvent["timing"] | undefined;
}

/**
 * A row an epoch that was finished, or a step that was told of, a column a tag; `null` where there is no such value. What
 * is told twice counts as it was told last. Times in milliseconds, where epochs have any.
 */
export function epochsTable(events: readonly TrainingEvent[]): Table {
  const rows = new Map<number, Row>();
  for (const event of events) {
    if (!isValuesEvent(event)) continue;
    const row = rows.get(xOf(event)) ?? { metrics: {}, learningRate: undefined, timing: undefined };
    rows.set(xOf(event), row);
    Object.assign(row.metrics, event.metrics);
    row.learningRate = event.learningRate ?? row.learningRate;
    if (event.type === "epoch:end") row.timing = event.timing;
  }
  const tags = [...new Set([...rows.values()].flatMap(({ metrics }) => Object.keys(metrics)))];
  const start = events.find((event): event is RunStartEvent => event.type === "run:start");
  const isTimed = rows.size === 0 || [...rows.values()].some(({ timing }) => timing !== undefined);
  return {
    header: [axisOf(start), "learning rate", ...tags, ...(isTimed ? ["training ms", "evaluation ms"] : [])],
    rows: [...rows]
      .toSorted(([one], [other]) => one - other)
      .map(([x, { learningRate, metrics, timing }]) => [
        ...[x, learningRate ?? null],
        ...tags.map((tag) => metrics[tag] ?? null),
        ...(isTimed ? [timing?.trainMs ?? null, timing?.evaluateMs ?? null] : []),
      ]),
  };
}
