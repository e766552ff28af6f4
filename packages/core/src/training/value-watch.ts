// Metrics that never come to a value, which their author may take for ones that work.
import type { EpochEndEvent, TrainingEvent } from "../events.ts";
import { isValuesEvent } from "../history/values-event.ts";
import { type AnyMetric, metricTag } from "../metrics/metric.ts";
import { ownerOf } from "../metrics/metric-result.ts";

/** Some need an epoch to compare with. */
const EPOCHS = 3;

export interface ValueWatch {
  /** Takes an epoch's figures, and the names of those that were told otherwise: whole, or of a failure. Gives what is to be said, each once. */
  add(values: EpochEndEvent["metrics"], others: readonly string[]): readonly string[];
}

/** Of metrics of others. `history`: what a run that is continued has told. */
export function createValueWatch(
  metrics: readonly AnyMetric[],
  history: readonly TrainingEvent[] = [],
): ValueWatch {
  const watched = metrics.flatMap(({ name, splits }) => {
    const seen = splits.filter((split) => split !== "test");
    return seen.length === 0 ? [] : [{ name, splits: seen }];
  });
  const valued = new Set<string>();
  let epochs = 0;

  function note(values: EpochEndEvent["metrics"]): void {
    for (const [tag, value] of Object.entries(values)) {
      if (value !== null) valued.add(ownerOf({ name: tag.slice(tag.indexOf("/") + 1) }));
    }
  }

  for (const event of history) {
    if (event.type === "metric:result") valued.add(event.name);
    else if (event.type === "plugin:error") valued.add(event.plugin);
    else if (isValuesEvent(event)) {
      epochs++;
      note(event.metrics);
    }
  }

  return {
    add(values, others) {
      note(values);
      for (const name of others) valued.add(name);
      epochs++;
      if (epochs !== EPOCHS) return [];
      return watched
        .filter(({ name }) => !valued.has(name))
        .map(
          ({ name, splits }) =>
            `the metric "${name}" has had no value in ${EPOCHS} epochs (null, or no finite number): ${splits
              .map((split) => metricTag(split, name))
              .join(", ")}`,
        );
    },
  };
}
