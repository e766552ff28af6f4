// Makes a run's engine: statistics of the training images, and the first weights and biases.
import { type InputValues, inputCount, type TrainingData } from "../data/dataset.ts";
import {
  type ComponentStatistics,
  createStatisticsCollector,
  type StatisticsCollector,
} from "../data/standardise.ts";
import type { Engine, EngineFactory } from "../engine/engine.ts";
import { TrainscopeError } from "../errors.ts";
import { initialDeviation } from "../model/initialisation.ts";
import { initialiseParameters } from "../model/linear.ts";
import type { TrainSettings } from "../settings/settings.ts";
import { describeValue } from "../text/describe-value.ts";
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
  dataset: TrainingData,
  { loss, seed, initialisation }: TrainSettings,
): Promise<StartedEngine> {
  const { shape, train, validation, test } = dataset;
  const classes = dataset.classNames.length;
  const inputs = inputCount(shape);
  const deviation = initialDeviation(initialisation, classes, inputs);
  const { images } = train;
  const statistics =
    images instanceof Uint8Array
      ? await collectStatistics(images, inputs, createStatisticsCollector(inputs))
      : await collectStatistics(images, inputs, await createStatisticsOfFeatures(inputs));
  const started = await engine({
    shape,
    classes,
    splits: { train, validation, test },
    statistics,
    loss,
    initial: initialiseParameters(classes, inputs, seed, deviation),
  });
  requireEngine(started);
  return { engine: started, statistics };
}

async function createStatisticsOfFeatures(inputs: number): Promise<StatisticsCollector<InputValues>> {
  return (await import("./on-demand.ts")).createFeatureStatistics(inputs);
}

const METHODS = ["copyState", "load", "trainBatches", "evaluate", "close"] as const;

/** Throws `BAD_OPTION` where what an engine's factory has given is none. */
function requireEngine(given: Engine): void {
  const missing = METHODS.find((name) => typeof given?.[name] !== "function");
  if (missing === undefined) return;
  const isObject = typeof given === "object" && given !== null;
  const found = isObject ? `an object without ${missing}()` : describeValue(given);
  throw new TrainscopeError("BAD_OPTION", `what engine() gives is ${found}; expected an engine`, {
    hint: "createWasmEngine() and createReferenceEngine are such functions.",
  });
}

/** Some images at a time: all of CIFAR-10 in one go would hold the screen up for half a second. */
async function collectStatistics<Values extends InputValues>(
  images: Values,
  inputs: number,
  collector: StatisticsCollector<Values>,
): Promise<ComponentStatistics> {
  const pacer = createPacer();
  for (let start = 0; start < images.length; ) {
    const chunks = pacer.pieces(STATISTICS_CHUNK, images.length / inputs);
    const end = Math.min(images.length, start + chunks * STATISTICS_CHUNK * inputs);
    const part = images.subarray(start, end) as Values;
    await pacer.work(part.length / inputs, async () => collector.add(part));
    start = end;
  }
  return collector.result();
}
