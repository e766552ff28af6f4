// Between the trainer and a plugin: what a hook throws, now or in a promise, is counted and told, and never reaches the
// training loop. A hook that is slow is told, too, and no more than that: results don't depend on a machine's load.
import { messageOf } from "../errors.ts";
import type { HookTime, PluginErrorEvent } from "../events.ts";
import { stackOf, thrownAt } from "../thrown-at.ts";
import { DEFAULT_LIMITS, type PluginLimits } from "./limits.ts";

/** What is told of a failure, and what follows from it. */
export interface PluginFailure extends Omit<PluginErrorEvent, "type" | "v" | "seq" | "runId" | "time"> {
  /** The run must end. */
  readonly critical: boolean;
}

/** Training waited for it. */
export interface SlowHook {
  readonly plugin: string;
  readonly hook: string;
  readonly milliseconds: number;
}

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly thrown: unknown };

export interface Guard {
  readonly disabled: boolean;
  /** Calls a hook, never throws. */
  call<Value>(hook: string, body: () => Value): Outcome<Value>;
  /** Counts a failure that showed itself elsewhere, such as an error in a stream. */
  fail(hook: string, thrown: unknown): void;
  /** What a hook gave: where that is a promise and rejects, the hook has failed. */
  watch(hook: string, given: unknown): void;
  /** Resolves when the promises that hooks gave have come to an end. */
  settle(): Promise<void>;
  times(): readonly HookTime[];
}

export interface GuardOptions {
  readonly plugin: string;
  readonly critical: boolean;
  readonly onFailure: (failure: PluginFailure) => void;
  /** Called at the first slow call of each hook. */
  readonly onSlow?: ((slow: SlowHook) => void) | undefined;
  /** Those that it had before the run was continued. */
  readonly failures?: number;
  readonly limits?: Pick<PluginLimits, "failures" | "slow"> | undefined;
  /** Milliseconds, for durations. */
  readonly clock?: () => number;
}

/** Characters: of a deep recursion the top is enough, and a log keeps it. */
const LONGEST_STACK = 4000;

export function createGuard(options: GuardOptions): Guard {
  const { plugin, critical, onFailure, onSlow, clock = () => performance.now() } = options;
  const { failures: allowed, slow: slowest } = options.limits ?? DEFAULT_LIMITS;
  const times = new Map<string, { calls: number; milliseconds: number; failures: number }>();
  const slow = new Set<string>();
  const pending = new Set<Promise<void>>();
  let { failures = 0 } = options;
  const isDisabled = (): boolean => failures >= allowed;

  function timeOf(hook: string) {
    let time = times.get(hook);
    if (time === undefined) {
      time = { calls: 0, milliseconds: 0, failures: 0 };
      times.set(hook, time);
    }
    return time;
  }

  function fail(hook: string, thrown: unknown): void {
    failures++;
    timeOf(hook).failures++;
    const [place, stack] = [thrownAt(thrown), stackOf(thrown)?.slice(0, LONGEST_STACK)];
    const where = { ...(place === undefined ? {} : { place }), ...(stack === undefined ? {} : { stack }) };
    const what = { plugin, hook, message: messageOf(thrown), ...where };
    onFailure({ ...what, failures, disabled: isDisabled(), critical });
  }

  function watch(hook: string, given: unknown): void {
    if (!(given instanceof Promise)) return;
    const settled: Promise<void> = given.then(
      () => void pending.delete(settled),
      (thrown) => {
        pending.delete(settled);
        if (!isDisabled()) fail(hook, thrown);
      },
    );
    pending.add(settled);
  }

  function noteTime(hook: string, milliseconds: number): void {
    const time = timeOf(hook);
    time.calls++;
    time.milliseconds += milliseconds;
    if (milliseconds <= slowest || slow.has(hook)) return;
    slow.add(hook);
    onSlow?.({ plugin, hook, milliseconds });
  }

  return {
    get disabled() {
      return isDisabled();
    },

    call(hook, body) {
      const start = clock();
      let outcome: Outcome<ReturnType<typeof body>>;
      try {
        const value = body();
        watch(hook, value);
        outcome = { ok: true, value };
      } catch (thrown) {
        fail(hook, thrown);
        outcome = { ok: false, thrown };
      }
      noteTime(hook, clock() - start);
      return outcome;
    },

    fail,
    watch,
    async settle() {
      await Promise.all(pending);
    },
    times: () => [...times].map(([hook, time]) => ({ plugin, hook, ...time })),
  };
}
