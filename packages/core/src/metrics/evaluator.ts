// Runs metrics over a split, each behind its own guard.
import type { Split } from "../data/dataset.ts";
import type { Engine, Evaluation } from "../engine/engine.ts";
import type { HookTime, MetricInfo } from "../events.ts";
import { createGuard, type Guard, type PluginFailure } from "../plugins/guard.ts";
import { type AnyMetric, type MetricBatch, metricTag } from "./metric.ts";

export interface MetricEvaluator {
  /** Starts a pass over a split. */
  begin(split: Split): SplitPass;
  /** What metrics carry from the newest passes to the next, as JSON can hold it. */
  states(): MetricStates;
  times(): readonly HookTime[];
}

/** By metric and split, as the metric serialized it. */
export type MetricStates = Readonly<Record<string, Readonly<Partial<Record<Split, unknown>>>>>;

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
  /** Of a run that is continued. */
  readonly states?: MetricStates | undefined;
  readonly failures?: ReadonlyMap<string, number> | undefined;
}

interface GuardedMetric {
  readonly metric: AnyMetric;
  readonly guard: Guard;
  /** What the newest pass over each split ended with. */
  readonly previous: Map<Split, unknown>;
}

interface Accumulation {
  readonly of: GuardedMetric;
  state: unknown;
  /** It failed in this pass: its value is `null`, and its hooks rest until the next. */
  failed: boolean;
}

export function createMetricEvaluator(options: MetricEvaluatorOptions): MetricEvaluator {
  const { classes, limitMs, onFailure } = options;
  const guarded = options.metrics.map(
    (metric): GuardedMetric => ({
      metric,
      guard: createGuard({
        plugin: metric.name,
        critical: metric.critical ?? false,
        failures: options.failures?.get(metric.name) ?? 0,
        onFailure,
      }),
      previous: new Map(),
    }),
  );

  function call<Value>({ metric, guard }: GuardedMetric, hook: string, body: () => Value) {
    if (guard.disabled) return { ok: false } as const;
    // A slow critical metric is no reason to end a run: it has no time limit.
    return guard.call(hook, metric.critical === true ? Number.POSITIVE_INFINITY : limitMs, body);
  }

  function attempt<Value>(accumulation: Accumulation, hook: string, body: () => Value): Value | undefined {
    if (accumulation.failed) return undefined;
    const outcome = call(accumulation.of, hook, body);
    if (outcome.ok) return outcome.value;
    accumulation.failed = true;
    return undefined;
  }

  for (const of of guarded) {
    const { metric, previous } = of;
    for (const split of metric.splits) {
      const value = options.states?.[metric.name]?.[split];
      if (value === undefined || metric.deserialize === undefined) continue;
      const outcome = call(of, "deserialize", () => metric.deserialize?.(value));
      if (outcome.ok) previous.set(split, outcome.value);
    }
  }

  return {
    begin(split) {
      const accumulations = guarded
        .filter(({ metric }) => metric.splits.includes(split))
        .map((of): Accumulation => ({ of, state: undefined, failed: false }));
      for (const accumulation of accumulations) {
        const { metric, previous } = accumulation.of;
        accumulation.state = attempt(accumulation, "init", () => metric.init(previous.get(split)));
        previous.delete(split);
      }
      return {
        update(evaluation, engine, lambda) {
          const batch: MetricBatch = { ...evaluation, classes, parameters: engine.parameters, lambda };
          for (const accumulation of accumulations) {
            accumulation.state = attempt(accumulation, "update", () =>
              accumulation.of.metric.update(accumulation.state, batch),
            );
          }
        },
        results: () =>
          Object.fromEntries(
            accumulations.map((accumulation) => {
              const { of, state } = accumulation;
              const { metric, previous } = of;
              const value = attempt(accumulation, "result", () => checkResult(metric.result(state)));
              if (!accumulation.failed) previous.set(split, state);
              return [metricTag(split, metric.name), value ?? null];
            }),
          ),
      };
    },
    states: () =>
      Object.fromEntries(
        guarded.flatMap((of) => {
          const { metric, previous } = of;
          if (metric.serialize === undefined || previous.size === 0) return [];
          const states = [...previous].flatMap(([split, state]) => {
            const outcome = call(of, "serialize", () => metric.serialize?.(state));
            return outcome.ok ? [[split, outcome.value] as const] : [];
          });
          return [[metric.name, Object.fromEntries(states)]];
        }),
      ),
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
