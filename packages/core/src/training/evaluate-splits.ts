// Passes over splits, one split after the other: every metric, and whoever else looks at the model's answers.
import { inputCount, type Split, type TrainingData } from "../data/dataset.ts";
import type { Engine, Evaluation } from "../engine/engine.ts";
import type { MetricEvaluator } from "../metrics/evaluator.ts";
import type { PassConditions, PassResults, SplitPass, WholeResult } from "../metrics/split-pass.ts";
import { yieldToEventLoop } from "../yield.ts";

/** Values by tag. */
export type Figures = Record<string, number | null>;

export interface SplitToEvaluate {
  readonly split: Split;
  /** Gets the evaluations one after the other, and the index of the first row of each. */
  readonly look?: ((evaluation: Evaluation, first: number) => void) | undefined;
}

export interface SplitEvaluator {
  /** Gives the results in the order of the splits. */
  evaluate(splits: readonly SplitToEvaluate[], conditions: PassConditions): Promise<readonly PassResults[]>;
}

export interface SplitEvaluatorOptions {
  readonly dataset: TrainingData;
  readonly engine: Engine;
  readonly metrics: MetricEvaluator;
  readonly signal: AbortSignal;
}

/** Rows `first` to `end - 1` of one of the splits. */
interface Piece {
  readonly place: number;
  readonly first: number;
  readonly end: number;
  readonly isLast: boolean;
}

export function createSplitEvaluator(options: SplitEvaluatorOptions): SplitEvaluator {
  const { dataset, engine, metrics, signal } = options;
  const { classNames, shape } = dataset;
  const inputs = inputCount(shape);

  const begin = (split: Split): SplitPass =>
    metrics.begin({ split, classNames, shape, rows: dataset[split].labels.length });

  return {
    async evaluate(splits, conditions) {
      /** One begins when the one before is done: a metric that was disabled there rests in the next. */
      const passes: SplitPass[] = [];
      const results: PassResults[] = [];
      const pieces = splits.flatMap(({ split }, place) =>
        cutRows(dataset[split].labels.length, engine.evaluationRows, place),
      );

      const start = ({ place, first, end }: Piece): Promise<Evaluation> =>
        engine.evaluate((splits[place] as SplitToEvaluate).split, first, end);

      function look({ place, first, end, isLast }: Piece, evaluation: Evaluation): void {
        const { split, look } = splits[place] as SplitToEvaluate;
        passes[place] ??= begin(split);
        const pass = passes[place];
        const images = dataset[split].images.subarray(first * inputs, end * inputs);
        pass.update({ ...evaluation, images: () => images }, engine, conditions);
        look?.(evaluation, first);
        if (isLast) results[place] = pass.results();
      }

      const [first] = pieces;
      let next = first === undefined || signal.aborted ? undefined : start(first);
      for (let i = 0; next !== undefined; i++) {
        const evaluation = await next;
        const following = signal.aborted ? undefined : pieces[i + 1];
        // The engine goes on, with another split too, while the metrics look at what it has made.
        next = following && start(following);
        // Where that fails in the meantime, it is told when it is waited for.
        next?.catch(() => {});
        look(pieces[i] as Piece, evaluation);
        await yieldToEventLoop();
      }
      return splits.map(({ split }, place) => results[place] ?? (passes[place] ?? begin(split)).results());
    },
  };
}

function cutRows(rows: number, step: number, place: number): readonly Piece[] {
  return Array.from({ length: Math.ceil(rows / step) }, (_, i) => {
    const end = Math.min((i + 1) * step, rows);
    return { place, first: i * step, end, isLast: end === rows };
  });
}

/** All figures of several splits, in the order of the splits. */
export function combineResults(results: readonly PassResults[]): {
  readonly metrics: Figures;
  readonly whole: readonly WholeResult[];
} {
  return {
    metrics: Object.assign({}, ...results.map(({ values }) => values)),
    whole: results.flatMap(({ whole }) => whole),
  };
}
