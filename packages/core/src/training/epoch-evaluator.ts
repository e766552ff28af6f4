// Evaluates what an epoch has come to: figures of the splits, and details of the validation split where somebody looks at them.
import type { Engine } from "../engine/engine.ts";
import type { MetricEvaluator } from "../metrics/evaluator.ts";
import { createDetailsThrottle, type DetailsThrottle } from "./details-throttle.ts";
import type { EpochDetails } from "./epoch-report.ts";
import { combineResults, createSplitEvaluator, type Figures, type SplitEvaluator } from "./evaluate-splits.ts";
import type { RunAudience, RunRequests, RunTask } from "./run-options.ts";
import type { EpochFigures } from "./starting-state.ts";

export interface EpochEvaluatorOptions {
  readonly task: RunTask;
  readonly requests: RunRequests;
  readonly audience: Pick<RunAudience, "exporters" | "now" | "signal">;
  readonly engine: Engine;
  readonly evaluator: MetricEvaluator;
}

/** What metrics are told beside the figures of an epoch. */
export type EpochConditions = Omit<EpochFigures, "metrics">;

export interface EvaluatedEpoch extends EpochDetails {
  readonly metrics: Figures;
}

export class EpochEvaluator {
  private readonly options: EpochEvaluatorOptions;
  private readonly evaluate: SplitEvaluator["evaluate"];
  private readonly throttle: DetailsThrottle;

  constructor(options: EpochEvaluatorOptions) {
    const { task, audience, engine, evaluator: metrics } = options;
    this.options = options;
    this.evaluate = createSplitEvaluator({
      dataset: task.dataset,
      engine,
      metrics,
      signal: audience.signal,
    }).evaluate;
    this.throttle = createDetailsThrottle(audience.now);
  }

  /** Figures of the training and validation splits. `meanwhile` is called while the engine's threads compute. */
  async evaluateEpoch(
    conditions: EpochConditions,
    isLast: boolean,
    meanwhile: () => void,
  ): Promise<EvaluatedEpoch> {
    const details = this.isDetailed(isLast)
      ? (await import("./on-demand.ts")).collectEvaluationDetails(this.options.task.dataset.classNames.length)
      : undefined;
    // Validation first: what takes long is figured out for it, while the engine evaluates the other.
    const splits = [{ split: "validation", look: details?.update } as const, { split: "train" } as const];
    const results = this.evaluate(splits, conditions);
    meanwhile();
    return { ...combineResults((await results).toReversed()), examination: details?.result() };
  }

  async evaluateTest(conditions: EpochConditions): Promise<Omit<EvaluatedEpoch, "examination">> {
    return combineResults(await this.evaluate([{ split: "test" }], conditions));
  }

  private isDetailed(isLast: boolean): boolean {
    const { audience, requests } = this.options;
    // What an exporter writes mustn't depend on how fast epochs go by.
    const isAskedByExporter = audience.exporters.some(({ examine = false }) => examine);
    return isAskedByExporter || (requests.examine() && this.throttle.isDue(requests.controls.mode, isLast));
  }
}
