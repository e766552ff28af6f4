// What run:start tells of a run.
import { inputCount } from "../data/dataset.ts";
import type { Engine } from "../engine/engine.ts";
import type { EventBody } from "../events.ts";
import { describeMetrics } from "../metrics/metric-result.ts";
import { environmentOf } from "./environment.ts";
import type { RunTask } from "./run-options.ts";

export function describeStart(
  { dataset, settings, builtIn, metrics, from }: RunTask,
  engine: Engine,
): EventBody {
  const { name, shape, classNames, train, validation, test } = dataset;
  const inputs = inputCount(shape);
  const classes = classNames.length;
  return {
    type: "run:start",
    config: settings,
    model: { inputs, classes, parameters: classes * (inputs + 1) },
    data: {
      name,
      train: train.labels.length,
      validation: validation.labels.length,
      test: test.labels.length,
      classes: classNames,
      shape,
    },
    metrics: describeMetrics([...builtIn, ...metrics], classNames),
    environment: environmentOf(engine),
    ...(from && { parent: { runId: from.runId, epoch: from.epoch, batch: from.batch } }),
  };
}
