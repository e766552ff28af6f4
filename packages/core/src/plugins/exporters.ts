// Runs exporters beside the training: each on a stream of its own, so that one's failure is nobody else's.
import { Subject, type Subscription } from "rxjs";
import type { EventBody, HookTime, TrainingEvent } from "../events.ts";
import type { Exporter, RunContext } from "./exporter.ts";
import { createGuard, type PluginFailure } from "./guard.ts";
import { GuardedObservable } from "./guarded-events.ts";
import type { PluginLimits } from "./limits.ts";

export interface ExporterOptions {
  readonly context: RunContext;
  readonly limits: PluginLimits;
  readonly emit: (body: EventBody) => void;
  readonly onFailure: (failure: PluginFailure) => void;
}

export interface RunningExporter {
  deliver(event: TrainingEvent): void;
  /** Delivers the last event and waits until the exporter has completed, failed or run out of time. */
  finish(event: TrainingEvent): Promise<void>;
  close(): void;
  times(): readonly HookTime[];
}

export function runExporter(exporter: Exporter, options: ExporterOptions): RunningExporter {
  const { context, limits, emit, onFailure } = options;
  const events = new Subject<TrainingEvent>();
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
  let subscription: Subscription | undefined;

  const guard = createGuard({
    plugin: exporter.name,
    critical: exporter.critical ?? false,
    onFailure(failure) {
      onFailure(failure);
      if (failure.disabled) settle();
    },
  });

  /** Where its stream has failed it is connected anew, until it has failed too often. */
  function connect(): void {
    while (!guard.disabled) {
      const outcome = guard.call("connect", limits.eventMs, () => {
        const artifacts = exporter.connect(new GuardedObservable(events, guard), context);
        if (typeof artifacts?.subscribe !== "function") {
          throw new TypeError(`connect gave ${String(artifacts)}; expected an Observable of artifacts`);
        }
        return artifacts;
      });
      if (!outcome.ok) continue;
      subscription = outcome.value.subscribe({
        next: ({ kind, title, path }) => emit({ type: "artifact", plugin: exporter.name, kind, title, path }),
        error(thrown) {
          guard.fail("events", thrown);
          connect();
        },
        complete: settle,
      });
      return;
    }
  }

  connect();
  return {
    deliver(event) {
      if (!guard.disabled) guard.call("events", limits.eventMs, () => events.next(event));
    },

    async finish(event) {
      if (!guard.disabled) guard.call("end", limits.endMs, () => events.next(event));
      events.complete();
      const timer = setTimeout(() => {
        guard.fail("end", `did not complete within ${limits.endMs} ms of the run's end`);
        settle();
      }, limits.endMs);
      await settled;
      clearTimeout(timer);
      subscription?.unsubscribe();
    },

    close: () => subscription?.unsubscribe(),
    times: guard.times,
  };
}
