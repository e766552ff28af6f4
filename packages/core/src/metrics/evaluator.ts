// Runs metrics over a split, each behind its own guard.
import type { Split } from "../data/dataset.ts";
import type { Engine, Evaluation } from "../engine/engine.ts";
import type { HookTime, MetricInfo } from "../events.ts";
import { createGuard, type Guard, type PluginFailure, type SlowHook } from "../plugins/guard.ts";
import { type BatchLender, createBatchLender } from "./lent-batch.ts";
import { type AnyMetric, type MetricBatch, metricTag } from "./metric.ts";

export interface MetricEvaluator {
  /** Goes on from what a checkpoint has of them. Gives the tags of those that should have a state there and have none. */
  restore(states: MetricStates): readonly string[];
  /** Starts a pass over a split. */
  begin(split: Split): SplitPass;
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

/** One pass of every metric of a split, fed row by row. */
export interface SplitPass {
  update(evaluation: Evaluation, engine: Engine, lambda: number): void;
  /** Values by tag; `null` where a metric failed or has no finite value. */
  results(): Record<string, number | null>;
}

export interface MetricEvaluatorOptions {
  /** Read the engine's own arrays. */
  readonly builtIn: readonly AnyMetric[];
  /** Read copies. */
  readonly custom: readonly AnyMetric[];
  readonly classes: number;
  readonly onFailure: (failure: PluginFailure) => void;
  readonly onSlow?: (slow: SlowHook) => void;
  /** Of each plugin, before the run was continued. */
  readonly failures?: ReadonlyMap<string, number> | undefined;
}

interface GuardedMetric {
  readonly metric: AnyMetric;
  readonly isBuiltIn: boolean;
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
  const { classes } = options;
  const guarded = [
    ...options.builtIn.map((metric) => guardMetric(metric, true, options)),
    ...options.custom.map((metric) => guardMetric(metric, false, options)),
  ];
  const lender = createBatchLender();
  let failed = new Set<string>();

  return {
    restore: (states) => guarded.flatMap((of) => restoreStates(of, states[of.metric.name] ?? {})),
    begin(split) {
      const accumulations = guarded
        .filter(({ metric }) => metric.splits.includes(split))
        .map((of): Accumulation => ({ of, state: undefined, failed: false }));
      for (const accumulation of accumulations) {
        const { metric, previous } = accumulation.of;
        accumulation.state = attempt(accumulation, "init", () => metric.init(previous.get(split)));
        previous.delete(split);
      }
      const isLending = accumulations.some(({ of }) => !of.isBuiltIn);
      return {
        update(evaluation, engine, lambda) {
          const batch: MetricBatch = { ...evaluation, classes, parameters: engine.parameters, lambda };
          if (isLending) lender.take(batch);
          for (const accumulation of accumulations) {
            if (accumulation.of.isBuiltIn) update(accumulation, batch);
            else updateOnLoan(accumulation, lender);
          }
        },
        results: () =>
          Object.fromEntries(
            accumulations.map((accumulation) => {
              const { of, state } = accumulation;
              const { metric, previous } = of;
              const value = attempt(accumulation, "result", () => checkResult(metric.result(state)));
              if (accumulation.failed) failed.add(metric.name);
              else previous.set(split, state);
              return [metricTag(split, metric.name), value ?? null];
            }),
          ),
      };
    },
    takeFailed() {
      const taken = failed;
      failed = new Set();
      return taken;
    },
    states: () => Object.fromEntries(guarded.flatMap(serializeStates)),
    times: () => guarded.flatMap(({ guard }) => guard.times()),
  };
}

function guardMetric(metric: AnyMetric, isBuiltIn: boolean, options: MetricEvaluatorOptions): GuardedMetric {
  const { onFailure, onSlow, failures } = options;
  const guard = createGuard({
    plugin: metric.name,
    critical: metric.critical ?? false,
    failures: failures?.get(metric.name) ?? 0,
    onFailure,
    // That the machine stalled in one of ours is no news of a plugin.
    onSlow: isBuiltIn ? undefined : onSlow,
  });
  return { metric, isBuiltIn, guard, previous: new Map() };
}

function call<Value>({ guard }: GuardedMetric, hook: string, body: () => Value) {
  return guard.disabled ? ({ ok: false } as const) : guard.call(hook, body);
}

function attempt<Value>(accumulation: Accumulation, hook: string, body: () => Value): Value | undefined {
  if (accumulation.failed) return undefined;
  const outcome = call(accumulation.of, hook, body);
  if (outcome.ok) return outcome.value;
  accumulation.failed = true;
  return undefined;
}

function update(accumulation: Accumulation, batch: MetricBatch): void {
  const { of, state } = accumulation;
  accumulation.state = attempt(accumulation, "update", () => of.metric.update(state, batch));
}

/** What it writes over is put back before anyone else looks, and it has failed. */
function updateOnLoan(accumulation: Accumulation, lender: BatchLender): void {
  if (accumulation.failed) return;
  update(accumulation, lender.lend());
  const changed = lender.restore();
  if (changed.length === 0) return;
  accumulation.failed = true;
  accumulation.of.guard.fail(
    "update",
    `it wrote into the batch's ${changed.join(" and ")}, which is for reading only`,
  );
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
