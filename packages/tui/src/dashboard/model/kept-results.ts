// The results of a run's metrics that are kept.
import type { MetricResultEvent } from "@trainscope/core/events";

/** The newest of each metric and split, by tag, in the order in which they were first told. */
export type Results = ReadonlyMap<string, MetricResultEvent>;

/** A log from outside may tell any number; a person looks at fewer. */
const MOST_RESULTS = 100;

export function addResult(results: Results, event: MetricResultEvent): Results {
  if (results.size >= MOST_RESULTS && !results.has(event.tag)) return results;
  return new Map(results).set(event.tag, event);
}
