// Evaluates a checkpoint's model on the validation images, where the data set of the run is at hand.
import {
  type Checkpoint,
  componentStatistics,
  createParameters,
  createWasmEngine,
  type Dataset,
  type Engine,
  inputCount,
} from "@trainscope/core";
import { collectEvaluationDetails, type EvaluationDetails } from "@trainscope/core/training";

export interface CheckpointEvaluator {
  /** `undefined` where it was left off because `isWanted` says no. */
  evaluate(checkpoint: Checkpoint, isWanted: () => boolean): Promise<EvaluationDetails | undefined>;
  close(): Promise<void>;
}

/** The engine starts with the first evaluation; it computes in float32, whatever trained the run. */
export function createCheckpointEvaluator(dataset: Dataset): CheckpointEvaluator {
  let engine: Promise<Engine> | undefined;
  return {
    async evaluate(checkpoint, isWanted) {
      engine ??= startEngine(dataset, checkpoint);
      const ready = await engine;
      await ready.load(checkpoint.parameters);
      const pass = collectEvaluationDetails(dataset.classNames.length);
      const rows = dataset.validation.labels.length;
      for (let row = 0; row < rows; row += ready.evaluationRows) {
        if (!isWanted()) return undefined;
        const end = Math.min(rows, row + ready.evaluationRows);
        pass.update(await ready.evaluate("validation", row, end), row);
      }
      return pass.result();
    },
    async close() {
      await (await engine)?.close();
    },
  };
}

async function startEngine(dataset: Dataset, { settings }: Checkpoint): Promise<Engine> {
  const { shape, classNames, train, validation, test } = dataset;
  const inputs = inputCount(shape);
  const classes = classNames.length;
  return await createWasmEngine()({
    shape,
    classes,
    splits: { train, validation, test },
    statistics: componentStatistics(train, inputs),
    loss: settings.loss,
    initial: createParameters(classes, inputs),
  });
}
