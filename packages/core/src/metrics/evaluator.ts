// Runs metrics over a split, each behind its own guard.
import type { Split } from "../data/dataset.ts";
import type { Engine, Evaluation } from "../engine/engine.ts";
import type { HookTime, MetricInfo } from "../events.ts";
import { createGuard, type Guard, type PluginFailure } from "../plugins/guard.ts";
import { type AnyMetric, type MetricBatch, metricTag } from "./metric.ts";

export interface MetricEvaluator {
  /** Starts a pass over a split. */
  begin(split: Split): SplitPass;
  times(): readonly HookTime[];
}

/** One pass of every metric of a split, fed row by row. */
export interface SplitPass {
  update(evaluation: Evaluation, engine: Engine, lambda: number): void;
  /** Values by tag; `null` where a metric failed or has no finite value. */
  results(): Record<string, number | null>;
}

export interface MetricEvaluatorOptions {
  readonly metrics: readonly AnyMetric[];
  readonly classes: number;
  readonly limitMs: number;
  readonly onFailure: (failure: PluginFailure) => void;
}

interface Accumulation {
  readonly metric: AnyMetric;
  readonly guard: Guard;
  state: unknown;
  /** It failed in this pass: its value is `null`, and its hooks rest until the next. */
  failed: boolean;
}

export function createMetricEvaluator(options: MetricEvaluatorOptions): MetricEvaluator {
  const { classes, limitMs, onFailure } = options;
  const guarded = options.metrics.map((metric) => ({
    metric,
    guard: createGuard({ plugin: metric.name, critical: metric.critical ?? false, onFailure }),
  }));

  function attempt<Value>(accumulation: Accumulation, hook: string, body: () => Value): Value | undefined {
    if (accumulation.failed || accumulation.guard.disabled) return undefined;
    // A slow critical metric is no reason to end a run: it has no time limit.
    const limit = accumulation.metric.critical === true ? Number.POSITIVE_INFINITY : limitMs;
    const outcome = accumulation.guard.call(hook, limit, body);
    if (outcome.ok) return outcome.value;
    accumulation.failed = true;
    return undefined;
  }

  return {
    begin(split) {
      const accumulations = guarded
        .filter(({ metric }) => metric.splits.includes(split))
        .map(({ metric, guard }): Accumulation => ({ metric, guard, state: undefined, failed: false }));
      for (const accumulation of accumulations) {
        accumulation.state = attempt(accumulation, "init", () => accumulation.metric.init());
      }
      return {
        update(evaluation, engine, lambda) {
          const batch: MetricBatch = { ...evaluation, classes, parameters: engine.parameters, lambda };
          for (const accumulation of accumulations) {
            accumulation.state = attempt(accumulation, "update", () =>
              accumulation.metric.update(accumulation.state, batch),
            );
          }
        },
        results: () =>
          Object.fromEntries(
            accumulations.map((accumulation) => {
              const { metric, state } = accumulation;
              const value = attempt(accumulation, "result", () => checkResult(metric.result(state)));
              return [metricTag(split, metric.name), value ?? null];
            }),
          ),
      };
    },
    times: () => guarded.flatMap(({ guard }) => guard.times()),
  };
}

function checkResult(value: unknown): number | null {
  if (value === null) return null;
  if (typeof value !== "number") throw new TypeError(`result is ${String(value)}; expected a number or null`);
  return Number.isFinite(value) ? value : null;
}

/** What a log or a dashboard needs to know of each metric, one entry a tag. */
export function describeMetrics(metrics: readonly AnyMetric[]): readonly MetricInfo[] {
  return metrics.flatMap(({ name, splits, direction, unit = null, display = {} }) =>
    splits.map((split) => ({ tag: metricTag(split, name), name, split, direction, unit, display })),
  );
}
