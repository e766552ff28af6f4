// Runs exporters beside the training: each on a stream of its own, so that one's failure is nobody else's.
import { type Observable, Subject, Subscription } from "rxjs";
import type { EventBody, HookTime, TrainingEvent } from "../events.ts";
import { createGuard, type Guard, type PluginFailure, type SlowHook } from "../guard/guard.ts";
import type { PluginLimits } from "../guard/limits.ts";
import type { Artifact, Exporter, RunContext } from "./exporter.ts";
import { connectHooks } from "./exporter-hooks.ts";
import { GuardedObservable } from "./guarded-events.ts";

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

/** An exporter that is connected to a run; nothing it does throws here. */
export class RunningExporter {
  private readonly exporter: Exporter;
  private readonly options: ExporterOptions;
  private readonly guard: Guard;
  private readonly events = new Subject<TrainingEvent>();
  private readonly completed = Promise.withResolvers<void>();
  private readonly closed = Promise.withResolvers<void>();
  private connection = new Subscription();

  constructor(exporter: Exporter, options: ExporterOptions) {
    this.exporter = exporter;
    this.options = options;
    this.guard = createGuard({
      plugin: exporter.name,
      critical: exporter.critical ?? false,
      failures: options.failures?.get(exporter.name) ?? 0,
      limits: options.limits,
      onSlow: options.onSlow,
      onFailure: (failure) => {
        options.onFailure(failure);
        if (failure.disabled) this.close();
      },
    });
    this.connect();
    options.signal.addEventListener("abort", () => this.close(), { once: true });
  }

  deliver(event: TrainingEvent): void {
    if (!this.guard.disabled) this.guard.call("events", () => this.events.next(event));
  }

  /** Delivers the last event and waits until the exporter has completed, failed, or run out of time. */
  async finish(event: TrainingEvent): Promise<void> {
    const { guard, events } = this;
    if (guard.disabled) return;
    guard.call("end", () => {
      events.next(event);
      events.complete();
    });
    const { wait } = this.options.limits;
    const timers = [
      setTimeout(() => this.tellWait(wait), PATIENCE_MS),
      setTimeout(() => {
        guard.fail("end", `did not complete within ${wait} ms of the run's end`);
        this.close();
      }, wait),
    ];
    await Promise.race([this.closed.promise, this.completed.promise.then(guard.settle)]);
    timers.forEach(clearTimeout);
    this.close();
  }

  close(): void {
    this.connection.unsubscribe();
    this.closed.resolve();
  }

  times(): readonly HookTime[] {
    return this.guard.times();
  }

  /** Where its stream has failed it is connected anew, until it has failed too often. */
  private connect(): void {
    const { guard } = this;
    if (guard.disabled) return;
    const attempt = new Subscription();
    this.connection = attempt;
    const outcome = guard.call("connect", () => {
      attempt.add(
        this.artifacts().subscribe({
          next: (artifact) => this.tell(artifact),
          error: (thrown) => {
            attempt.unsubscribe();
            guard.fail("events", thrown);
            this.connect();
          },
          complete: this.completed.resolve,
        }),
      );
    });
    if (!outcome.ok) this.connect();
  }

  /** What its `connect` gives, or what its hooks make. */
  private artifacts(): Observable<Artifact> {
    const { exporter, guard } = this;
    const { context } = this.options;
    const guarded = new GuardedObservable(this.events, guard);
    const artifacts = exporter.connect
      ? exporter.connect(guarded, context)
      : connectHooks(exporter, guard, guarded, context);
    guard.watch("connect", artifacts);
    if (typeof artifacts?.subscribe !== "function") {
      throw new TypeError(`connect gave ${String(artifacts)}; expected an Observable of artifacts`);
    }
    return artifacts;
  }

  private tell(artifact: Artifact): void {
    const checked = this.guard.call("artifact", () => checkArtifact(artifact));
    if (!checked.ok) return;
    this.options.emit({ type: "artifact", plugin: this.exporter.name, ...checked.value });
  }

  private tellWait(wait: number): void {
    const message = `waiting for the exporter "${this.exporter.name}", for up to ${wait / 1000} s: it has not completed`;
    this.options.emit({ type: "alert", level: "info", code: "slow", message });
  }
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
