// Makes a run's engine: statistics of the training images, and the first weights and biases.
import { type Dataset, inputCount } from "../data/dataset.ts";
import { type ComponentStatistics, createStatisticsCollector } from "../data/standardise.ts";
import type { Engine, EngineFactory } from "../engine/engine.ts";
import { initialDeviation } from "../model/initialisation.ts";
import { initialiseParameters } from "../model/linear.ts";
import type { TrainSettings } from "../settings/settings.ts";
import { createPacer } from "./pace.ts";

/** Images whose statistics are collected between two looks at the clock. */
const STATISTICS_CHUNK = 100;

export interface StartedEngine {
  readonly engine: Engine;
  /** Of the training split. */
  readonly statistics: ComponentStatistics;
}

export async function startEngine(
  engine: EngineFactory,
  dataset: Dataset,
  { loss, seed, initialisation }: TrainSettings,
): Promise<StartedEngine> {
  const { shape, train, validation, test } = dataset;
  const classes = dataset.classNames.length;
  const inputs = inputCount(shape);
  const deviation = initialDeviation(initialisation, classes, inputs);
  const statistics = await collectStatistics(train.images, inputs);
  const started = await engine({
    shape,
    classes,
    splits: { train, validation, test },
    statistics,
    loss,
    initial: initialiseParameters(classes, inputs, seed, deviation),
  });
  return { engine: started, statistics };
}

/** Some images at a time: all of CIFAR-10 in one go would hold the screen up for half a second. */
async function collectStatistics(images: Uint8Array, inputs: number): Promise<ComponentStatistics> {
  const collector = createStatisticsCollector(inputs);
  const pacer = createPacer();
  for (let start = 0; start < images.length; ) {
    const chunks = pacer.pieces(STATISTICS_CHUNK, images.length / inputs);
    const end = Math.min(images.length, start + chunks * STATISTICS_CHUNK * inputs);
    const part = images.subarray(start, end);
    await pacer.work(part.length / inputs, async () => collector.add(part));
    start = end;
  }
  return collector.result();
}
