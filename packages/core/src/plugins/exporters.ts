// Runs exporters beside the training: each on a stream of its own, so that one's failure is nobody else's.
import { Subject, Subscription } from "rxjs";
import type { EventBody, HookTime, TrainingEvent } from "../events.ts";
import type { Artifact, Exporter, RunContext } from "./exporter.ts";
import { connectHooks } from "./exporter-hooks.ts";
import { createGuard, type PluginFailure, type SlowHook } from "./guard.ts";
import { GuardedObservable } from "./guarded-events.ts";
import type { PluginLimits } from "./limits.ts";

/** After so many milliseconds it is said who is waited for. */
const PATIENCE_MS = 1000;

export interface ExporterOptions {
  readonly context: RunContext;
  readonly limits: PluginLimits;
  /** Ends the wait for an exporter that has not completed. */
  readonly signal: AbortSignal;
  readonly emit: (body: EventBody) => void;
  readonly onFailure: (failure: PluginFailure) => void;
  readonly onSlow: (slow: SlowHook) => void;
  /** Of each plugin, before the run was continued. */
  readonly failures?: ReadonlyMap<string, number> | undefined;
}

export interface RunningExporter {
  deliver(event: TrainingEvent): void;
  /** Delivers the last event and waits until the exporter has completed, failed, or run out of time. */
  finish(event: TrainingEvent): Promise<void>;
  close(): void;
  times(): readonly HookTime[];
}

/** Connects the exporter; nothing it does throws here. */
export function runExporter(exporter: Exporter, options: ExporterOptions): RunningExporter {
  const { context, limits, signal, emit, onFailure, onSlow } = options;
  const events = new Subject<TrainingEvent>();
  const completed = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let connection = new Subscription();

  const guard = createGuard({
    plugin: exporter.name,
    critical: exporter.critical ?? false,
    failures: options.failures?.get(exporter.name) ?? 0,
    limits,
    onSlow,
    onFailure(failure) {
      onFailure(failure);
      if (failure.disabled) close();
    },
  });

  function close(): void {
    connection.unsubscribe();
    closed.resolve();
  }

  function tell(artifact: Artifact): void {
    const checked = guard.call("artifact", () => checkArtifact(artifact));
    if (!checked.ok) return;
    emit({ type: "artifact", plugin: exporter.name, ...checked.value });
  }

  /** Where its stream has failed it is connected anew, until it has failed too often. */
  function connect(): void {
    if (guard.disabled) return;
    const attempt = new Subscription();
    connection = attempt;
    const outcome = guard.call("connect", () => {
      const guarded = new GuardedObservable(events, guard);
      const artifacts = exporter.connect
        ? exporter.connect(guarded, context)
        : connectHooks(exporter, guard, guarded, context);
      guard.watch("connect", artifacts);
      if (typeof artifacts?.subscribe !== "function") {
        throw new TypeError(`connect gave ${String(artifacts)}; expected an Observable of artifacts`);
      }
      attempt.add(
        artifacts.subscribe({
          next: tell,
          error(thrown) {
            attempt.unsubscribe();
            guard.fail("events", thrown);
            connect();
          },
          complete: completed.resolve,
        }),
      );
    });
    if (!outcome.ok) connect();
  }

  function tellWait(): void {
    const message = `waiting for the exporter "${exporter.name}", for up to ${limits.wait / 1000} s: it has not completed`;
    emit({ type: "alert", level: "info", code: "slow", message });
  }

  connect();
  signal.addEventListener("abort", close, { once: true });
  return {
    deliver(event) {
      if (!guard.disabled) guard.call("events", () => events.next(event));
    },

    async finish(event) {
      if (guard.disabled) return;
      guard.call("end", () => {
        events.next(event);
        events.complete();
      });
      const timers = [
        setTimeout(tellWait, PATIENCE_MS),
        setTimeout(() => {
          guard.fail("end", `did not complete within ${limits.wait} ms of the run's end`);
          close();
        }, limits.wait),
      ];
      await Promise.race([closed.promise, completed.promise.then(guard.settle)]);
      timers.forEach(clearTimeout);
      close();
    },

    close,
    times: guard.times,
  };
}

/** Each field is read once: the next time it may be another. */
function checkArtifact(value: Artifact | null | undefined): Artifact {
  const fields = { kind: value?.kind, title: value?.title, path: value?.path };
  for (const [field, text] of Object.entries(fields)) {
    if (typeof text !== "string") {
      throw new TypeError(`gave ${JSON.stringify(value)}; expected an artifact, with ${field} as text`);
    }
  }
  return fields as Artifact;
}
