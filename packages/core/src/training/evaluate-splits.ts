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

      async function start(index: number): Promise<Evaluation | undefined> {
        const piece = pieces[index];
        if (piece === undefined || signal.aborted) return undefined;
        const { place, first, end } = piece;
        return await engine.evaluate((splits[place] as SplitToEvaluate).split, first, end);
      }

      function look({ place, first, end }: Piece, evaluation: Evaluation): void {
        const { split, look } = splits[place] as SplitToEvaluate;
        passes[place] ??= begin(split);
        const images = dataset[split].images.subarray(first * inputs, end * inputs);
        passes[place].update({ ...evaluation, images: () => images }, engine, conditions);
        look?.(evaluation, first);
      }

      let next = start(0);
      let afterNext = follow(next, () => start(1));
      for (const [index, piece] of pieces.entries()) {
        const evaluation = await next;
        if (evaluation === undefined) break;
        look(piece, evaluation);
        // Its arrays are free again: with another split, too, the engine goes on while results are worked out.
        next = afterNext;
        afterNext = follow(next, () => start(index + 2));
        if (piece.isLast) results[piece.place] = await (passes[piece.place] as SplitPass).results();
        await yieldToEventLoop();
      }
      const finish = async ({ split }: SplitToEvaluate, place: number): Promise<PassResults> =>
        results[place] ?? (await (passes[place] ?? begin(split)).results());
      return await Promise.all(splits.map(finish));
    },
  };
}

/** Goes on as soon as there is what is waited for. A failure is told to whoever waits for the new promise, if anyone does. */
function follow<Value, Next>(before: Promise<Value>, goOn: () => Promise<Next>): Promise<Next> {
  const following = before.then(goOn);
  following.catch(() => {});
  return following;
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
