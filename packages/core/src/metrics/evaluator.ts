// Runs metrics over splits, each behind its own guard, and keeps what they carry from pass to pass.
import type { Split } from "../data/dataset.ts";
import type { HookTime } from "../events.ts";
import { createGuard, type PluginFailure, type SlowHook } from "../guard/guard.ts";
import type { PluginLimits } from "../guard/limits.ts";
import type { BatchLender } from "./lent-batch.ts";
import { type AnyMetric, type MetricContext, metricTag } from "./metric.ts";
import { beginPass, type GuardedMetric, type SplitPass } from "./split-pass.ts";

export interface MetricEvaluator {
  /** Goes on from what a checkpoint has of them. Gives the tags of those that should have a state there and have none. */
  restore(states: MetricStates): readonly string[];
  /** Starts a pass over a split. */
  begin(context: MetricContext): SplitPass;
  /** The names of the metrics that have failed in a pass since this was last asked. */
  takeFailed(): ReadonlySet<string>;
  /** What metrics carry from the newest passes to the next, as JSON can hold it. */
  states(): MetricStates;
  times(): readonly HookTime[];
}

/** By metric and split, as the metric serialized it. */
export type MetricStates = Readonly<Record<string, Readonly<Partial<Record<Split, unknown>>>>>;

/** Hooks of a pass: where one fails there is no figure. */
export const PASS_HOOKS: readonly string[] = ["init", "update", "result"];

export interface MetricEvaluatorOptions {
  /** Read the engine's own arrays. */
  readonly builtIn: readonly AnyMetric[];
  /** Read copies, which are lent. */
  readonly custom: readonly AnyMetric[];
  /** None where there are no custom ones. */
  readonly lender: BatchLender | undefined;
  readonly onFailure: (failure: PluginFailure) => void;
  readonly onSlow?: (slow: SlowHook) => void;
  readonly limits?: PluginLimits | undefined;
  /** Of each plugin, before the run was continued. */
  readonly failures?: ReadonlyMap<string, number> | undefined;
}

export function createMetricEvaluator(options: MetricEvaluatorOptions): MetricEvaluator {
  const metrics = [
    ...options.builtIn.map((metric) => guardMetric(metric, undefined, options)),
    ...options.custom.map((metric) => guardMetric(metric, options.lender, options)),
  ];
  let failed = new Set<string>();

  return {
    restore: (states) => metrics.flatMap((of) => restoreStates(of, states[of.metric.name] ?? {})),
    begin: (context) => beginPass({ metrics, onFailed: (name) => failed.add(name) }, context),
    takeFailed() {
      const taken = failed;
      failed = new Set();
      return taken;
    },
    states: () => Object.fromEntries(metrics.flatMap(serializeStates)),
    times: () => metrics.flatMap(({ guard }) => guard.times()),
  };
}

function guardMetric(
  metric: AnyMetric,
  lender: BatchLender | undefined,
  options: MetricEvaluatorOptions,
): GuardedMetric {
  const { onFailure, onSlow, failures, limits } = options;
  const guard = createGuard({
    plugin: metric.name,
    critical: metric.critical ?? false,
    failures: failures?.get(metric.name) ?? 0,
    limits,
    onFailure,
    // That the machine stalled in one of ours is no news of a plugin.
    onSlow: lender === undefined ? undefined : onSlow,
  });
  return { metric, lender, guard, previous: new Map() };
}

function call<Value>({ guard }: GuardedMetric, hook: string, body: () => Value) {
  return guard.disabled ? ({ ok: false } as const) : guard.call(hook, body);
}

/** Gives the tags of what has no state. No run is continued from after its test split. */
function restoreStates(of: GuardedMetric, states: MetricStates[string]): readonly string[] {
  const { metric, previous } = of;
  if (metric.deserialize === undefined) return [];
  return metric.splits.flatMap((split) => {
    if (split === "test") return [];
    const value = states[split];
    if (value !== undefined) {
      const outcome = call(of, "deserialize", () => metric.deserialize?.(value));
      if (outcome.ok) previous.set(split, outcome.value);
    }
    return previous.has(split) ? [] : [metricTag(split, metric.name)];
  });
}

function serializeStates(of: GuardedMetric): readonly (readonly [string, MetricStates[string]])[] {
  const { metric, previous } = of;
  if (metric.serialize === undefined || previous.size === 0) return [];
  const states = [...previous].flatMap(([split, state]) => {
    const outcome = call(of, "serialize", () => throughJson(metric.serialize?.(state)));
    return outcome.ok ? [[split, outcome.value] as const] : [];
  });
  return [[metric.name, Object.fromEntries(states)]];
}

/** As it will be read again, and a copy: the state may go on changing before the checkpoint is written. */
function throughJson(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`serialize gave ${typeof value}; expected what JSON can hold`);
  return JSON.parse(text);
}
