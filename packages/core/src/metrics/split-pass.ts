// One pass of metrics over a split. Metrics that share what they gather gather it once, and fail in it together.
import type { Engine, Evaluation } from "../engine/engine.ts";
import type { MetricResultEvent } from "../events.ts";
import { freezeOwn } from "../frozen-copy.ts";
import type { Guard } from "../guard/guard.ts";
import { yieldToEventLoop } from "../yield.ts";
import type { BatchLender } from "./lent-batch.ts";
import { type AnyMetric, type MetricBatch, type MetricContext, metricTag } from "./metric.ts";
import { forget, isPromise, readResult } from "./metric-result.ts";

/** What metrics are told of the parameters beside them. */
export type PassConditions = Pick<
  MetricBatch,
  "epoch" | "settings" | "learningRate" | "learningRateSum" | "imagesPerSecond"
>;

/** Rows of the split, as they were evaluated, and as they are. */
export type PassRows = Evaluation & Pick<MetricBatch, "images">;

/** A result that is told whole. */
export type WholeResult = Pick<
  MetricResultEvent,
  "tag" | "name" | "split" | "description" | "display" | "value"
>;

export interface PassResults {
  /** By tag; `null` where a metric failed or has no finite value. */
  readonly values: Record<string, number | null>;
  readonly whole: readonly WholeResult[];
}

/** One pass of every metric of a split, fed row by row. */
export interface SplitPass {
  update(rows: PassRows, engine: Engine, conditions: PassConditions): void;
  /** Others have their turn in between: the engine may have done what it was asked for, and be asked for more. */
  results(): Promise<PassResults>;
}

export interface GuardedMetric {
  readonly metric: AnyMetric;
  /** Of what it reads; a built-in metric reads the engine's own arrays. */
  readonly lender: BatchLender | undefined;
  readonly guard: Guard;
  /** What the newest pass over each split ended with. */
  readonly previous: Map<MetricContext["split"], unknown>;
}

/** A metric in this pass. */
interface Member {
  readonly of: GuardedMetric;
  /** Its value is `null`, and its hooks rest until the next pass. */
  failed: boolean;
}

/** Metrics that share a state; mostly one. */
interface Gathering {
  readonly members: readonly Member[];
  readonly lender: BatchLender | undefined;
  state: unknown;
}

export interface PassOptions {
  readonly metrics: readonly GuardedMetric[];
  /** Of a metric that has no figures of this pass. */
  readonly onFailed: (name: string) => void;
}

/** Of results, until others have their turn. */
const TURN_MS = 0.5;

export function beginPass({ metrics, onFailed }: PassOptions, context: MetricContext): SplitPass {
  const { split } = context;
  const gatherings = gatherTogether(metrics.filter(({ metric }) => metric.splits.includes(split)));
  for (const gathering of gatherings) {
    gathering.state = attempt(gathering, "init", ({ metric, previous }) =>
      checkState("init", metric.init(previous.get(split), context)),
    );
    for (const { of } of gathering.members) of.previous.delete(split);
  }
  const lenders = new Set(gatherings.map(({ lender }) => lender));

  return {
    update(rows, engine, conditions) {
      const classes = context.classNames.length;
      const { parameters } = engine;
      const batch: MetricBatch = {
        ...rows,
        classes,
        parameters,
        lambda: conditions.settings.lambda,
        ...conditions,
      };
      for (const lender of lenders) lender?.take(batch);
      for (const gathering of gatherings) {
        if (gathering.lender === undefined) update(gathering, batch);
        else updateOnLoan(gathering, gathering.lender);
      }
    },

    async results() {
      let rested = performance.now();
      const values: [string, number | null][] = [];
      const whole: WholeResult[] = [];
      for (const { members, state } of gatherings) {
        for (const member of members) {
          const result = resultOf(member, state, context);
          values.push(...result.values);
          if (result.whole) whole.push(describeWhole(member.of.metric, split, result.whole));
          if (member.failed) onFailed(member.of.metric.name);
          else member.of.previous.set(split, state);
          if (performance.now() - rested < TURN_MS) continue;
          await yieldToEventLoop();
          rested = performance.now();
        }
      }
      return { values: Object.fromEntries(values), whole };
    },
  };
}

function gatherTogether(metrics: readonly GuardedMetric[]): readonly Gathering[] {
  const groups = new Map<unknown, GuardedMetric[]>();
  for (const of of metrics) {
    const key = of.metric.shared ?? of;
    groups.set(key, [...(groups.get(key) ?? []), of]);
  }
  return [...groups.values()].map((group) => ({
    members: group.map((of) => ({ of, failed: of.guard.disabled })),
    lender: group.find(({ lender }) => lender !== undefined)?.lender,
    state: undefined,
  }));
}

/** Calls a hook of the first of them. Where it fails all have failed, and each is told of. */
function attempt<Value>(
  { members }: Gathering,
  hook: string,
  body: (of: GuardedMetric) => Value,
): Value | undefined {
  const [first, ...others] = members.filter(({ failed }) => !failed);
  if (first === undefined) return undefined;
  const outcome = first.of.guard.call(hook, () => body(first.of));
  if (outcome.ok) return outcome.value;
  first.failed = true;
  failAll(others, hook, outcome.thrown);
  return undefined;
}

function failAll(members: readonly Member[], hook: string, thrown: unknown): void {
  for (const member of members) {
    if (member.failed) continue;
    member.failed = true;
    member.of.guard.fail(hook, thrown);
  }
}

function update(gathering: Gathering, batch: MetricBatch): void {
  const { state } = gathering;
  gathering.state = attempt(gathering, "update", ({ metric }) => {
    const next = checkState("update", metric.update(state, batch));
    if (next === undefined && state !== undefined) {
      throw new TypeError("update gave nothing; expected the next state (is a return missing?)");
    }
    return next;
  });
}

/** Training doesn't wait for a metric. */
function checkState(hook: string, state: unknown): unknown {
  if (!isPromise(state)) return state;
  forget(state);
  throw new TypeError(`${hook} gave a promise; expected a state, at once`);
}

/** What is written over is put back before anyone else looks, and whoever did it has failed. */
function updateOnLoan(gathering: Gathering, lender: BatchLender): void {
  if (gathering.members.every(({ failed }) => failed)) return;
  update(gathering, lender.lend());
  const changed = lender.restore();
  if (changed.length === 0) return;
  const message = `it wrote into the batch's ${changed.join(" and ")}, which is for reading only`;
  failAll(gathering.members, "update", message);
}

function resultOf(member: Member, state: unknown, { split, classNames }: MetricContext) {
  const { metric, guard } = member.of;
  if (!member.failed) {
    const outcome = guard.call("result", () => readResult(metric, split, classNames, metric.result(state)));
    if (outcome.ok) return outcome.value;
    member.failed = true;
  }
  return readResult(metric, split, classNames, null);
}

function describeWhole(
  { name, description, display = {} }: AnyMetric,
  split: MetricContext["split"],
  value: WholeResult["value"],
): WholeResult {
  const about = description === undefined ? {} : { description };
  // Frozen here, where the engine may still be computing, rather than when it is told, while it waits.
  return { tag: metricTag(split, name), name, split, ...about, display, value: freezeOwn(value) };
}
