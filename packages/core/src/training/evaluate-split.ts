// One pass over a split: every metric, and whoever else looks at the model's answers.
import { inputCount, type Split, type TrainingData } from "../data/dataset.ts";
import type { Engine, Evaluation } from "../engine/engine.ts";
import type { MetricEvaluator } from "../metrics/evaluator.ts";
import type { PassConditions, PassResults } from "../metrics/split-pass.ts";
import { createPacer } from "./pace.ts";

/** Values by tag. */
export type Figures = Record<string, number | null>;

export interface SplitEvaluator {
  /** `look` gets the evaluations one after the other, and the index of the first row of each. */
  evaluate(
    split: Split,
    conditions: PassConditions,
    look?: (evaluation: Evaluation, first: number) => void,
  ): Promise<PassResults>;
}

export interface SplitEvaluatorOptions {
  readonly dataset: TrainingData;
  readonly engine: Engine;
  readonly metrics: MetricEvaluator;
  readonly signal: AbortSignal;
}

export function createSplitEvaluator(options: SplitEvaluatorOptions): SplitEvaluator {
  const { dataset, engine, metrics, signal } = options;
  const pacer = createPacer();
  return {
    async evaluate(split, conditions, look) {
      const { classNames, shape } = dataset;
      const { images, labels } = dataset[split];
      const rows = labels.length;
      const inputs = inputCount(shape);
      const pass = metrics.begin({ split, classNames, shape, rows });
      const step = engine.evaluationRows;
      let row = 0;
      while (row < rows && !signal.aborted) {
        const chunks = pacer.pieces(step, Math.ceil((rows - row) / step));
        const end = Math.min(row + chunks * step, rows);
        await pacer.work(end - row, async () => {
          let next = engine.evaluate(split, row, Math.min(row + step, end));
          while (row < end) {
            const evaluation = await next;
            const first = row;
            row += evaluation.size;
            const ofRows = images.subarray(first * inputs, row * inputs);
            // The engine goes on while the metrics look at what it has made.
            if (row < end) next = engine.evaluate(split, row, Math.min(row + step, end));
            pass.update({ ...evaluation, images: () => ofRows }, engine, conditions);
            look?.(evaluation, first);
          }
        });
      }
      return pass.results();
    },
  };
}
