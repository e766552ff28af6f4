// Between the trainer and a plugin: what a hook throws, or takes too long over, is counted and told, and never
// reaches the training loop.
import { messageOf } from "../errors.ts";
import type { HookTime } from "../events.ts";

const FAILURES_ALLOWED = 3;

export interface PluginFailure {
  readonly plugin: string;
  readonly hook: string;
  readonly message: string;
  /** Of this plugin so far, this one included. */
  readonly failures: number;
  /** It is no longer called from now on. */
  readonly disabled: boolean;
  /** The run must end. */
  readonly critical: boolean;
}

export type Outcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false };

export interface Guard {
  readonly disabled: boolean;
  /** Calls a hook, never throws. A call over `limitMs` counts as a failure, but its value is given. */
  call<Value>(hook: string, limitMs: number, body: () => Value): Outcome<Value>;
  /** Counts a failure that showed itself elsewhere, such as an error in a stream. */
  fail(hook: string, thrown: unknown): void;
  times(): readonly HookTime[];
}

export interface GuardOptions {
  readonly plugin: string;
  readonly critical: boolean;
  readonly onFailure: (failure: PluginFailure) => void;
  /** Those that it had before the run was continued. */
  readonly failures?: number;
  /** Milliseconds, for durations. */
  readonly clock?: () => number;
}

export function createGuard(options: GuardOptions): Guard {
  const { plugin, critical, onFailure, clock = () => performance.now() } = options;
  const times = new Map<string, { calls: number; milliseconds: number; failures: number }>();
  let { failures = 0 } = options;

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
    const disabled = failures >= FAILURES_ALLOWED;
    onFailure({ plugin, hook, message: messageOf(thrown), failures, disabled, critical });
  }

  return {
    get disabled() {
      return failures >= FAILURES_ALLOWED;
    },

    call(hook, limitMs, body) {
      const time = timeOf(hook);
      const start = clock();
      let outcome: Outcome<ReturnType<typeof body>> = { ok: false };
      try {
        outcome = { ok: true, value: body() };
      } catch (thrown) {
        fail(hook, thrown);
      }
      const elapsed = clock() - start;
      time.calls++;
      time.milliseconds += elapsed;
      if (outcome.ok && elapsed > limitMs) {
        fail(hook, `took ${Math.round(elapsed)} ms; the limit is ${limitMs} ms`);
      }
      return outcome;
    },

    fail,
    times: () => [...times].map(([hook, time]) => ({ plugin, hook, ...time })),
  };
}
