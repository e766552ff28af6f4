// Runs exporters beside the training: each on a stream of its own, so that one's failure is nobody else's.
import { Subject, Subscription } from "rxjs";
import type { EventBody, HookTime, TrainingEvent } from "../events.ts";
import type { Artifact, Exporter, RunContext } from "./exporter.ts";
import { createGuard, type PluginFailure } from "./guard.ts";
import { GuardedObservable } from "./guarded-events.ts";
import type { PluginLimits } from "./limits.ts";

export interface ExporterOptions {
  readonly context: RunContext;
  readonly limits: PluginLimits;
  /** Ends the wait for an exporter that has not completed. */
  readonly signal: AbortSignal;
  readonly emit: (body: EventBody) => void;
  readonly onFailure: (failure: PluginFailure) => void;
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
  const { context, limits, signal, emit, onFailure } = options;
  const events = new Subject<TrainingEvent>();
  const settled = Promise.withResolvers<void>();
  let connection = new Subscription();

  const guard = createGuard({
    plugin: exporter.name,
    critical: exporter.critical ?? false,
    failures: options.failures?.get(exporter.name) ?? 0,
    onFailure(failure) {
      onFailure(failure);
      if (failure.disabled) close();
    },
  });

  function close(): void {
    connection.unsubscribe();
    settled.resolve();
  }

  function tell(artifact: Artifact): void {
    const checked = guard.call("artifact", limits.eventMs, () => checkArtifact(artifact));
    if (!checked.ok) return;
    const { kind, title, path } = checked.value;
    emit({ type: "artifact", plugin: exporter.name, kind, title, path });
  }

  /** Where its stream has failed it is connected anew, until it has failed too often. */
  function connect(): void {
    if (guard.disabled) return;
    const attempt = new Subscription();
    connection = attempt;
    const outcome = guard.call("connect", limits.eventMs, () => {
      const artifacts = exporter.connect(new GuardedObservable(events, guard), context);
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
          complete: settled.resolve,
        }),
      );
    });
    if (!outcome.ok) connect();
  }

  connect();
  signal.addEventListener("abort", close, { once: true });
  return {
    deliver(event) {
      if (!guard.disabled) guard.call("events", limits.eventMs, () => events.next(event));
    },

    async finish(event) {
      if (guard.disabled) return;
      guard.call("end", limits.endMs, () => {
        events.next(event);
        events.complete();
      });
      const timer = setTimeout(() => {
        guard.fail("end", `did not complete within ${limits.endMs} ms of the run's end`);
        close();
      }, limits.endMs);
      await settled.promise;
      clearTimeout(timer);
      close();
    },

    close,
    times: guard.times,
  };
}

function checkArtifact(value: Artifact | null | undefined): Artifact {
  for (const field of ["kind", "title", "path"] as const) {
    if (typeof value?.[field] !== "string") {
      throw new TypeError(`gave ${JSON.stringify(value)}; expected an artifact, with ${field} as text`);
    }
  }
  return value as Artifact;
}
