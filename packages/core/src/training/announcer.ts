// Puts the header on events and hands them out: to the outside first, then to the exporters, whose own artifacts and
// failures become events in turn.
import { EVENT_VERSION, type EventBody, type HookTime, type TrainingEvent } from "../events.ts";
import type { Exporter, RunContext } from "../plugins/exporter.ts";
import { type RunningExporter, runExporter } from "../plugins/exporters.ts";
import type { PluginFailure } from "../plugins/guard.ts";
import type { PluginLimits } from "../plugins/limits.ts";

export interface AnnouncerOptions {
  readonly runId: string;
  readonly exporters: readonly Exporter[];
  readonly context: RunContext;
  readonly limits: PluginLimits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Nothing is handed out any more once it aborts. */
  readonly signal: AbortSignal;
  readonly deliver: (event: TrainingEvent) => void;
  readonly onFailure: (failure: PluginFailure) => void;
}

export interface Announcer {
  /** The first event. Exporters are connected after the outside has seen it, and see it too. */
  start(body: EventBody): void;
  emit(body: EventBody): void;
  /** The last event: exporters hear of it first, and it is told once they are done, made anew by then. */
  finish(body: () => EventBody): Promise<void>;
  close(): void;
  times(): readonly HookTime[];
}

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { runId, context, limits, now, signal, deliver, onFailure } = options;
  const exporters: RunningExporter[] = [];
  let seq = 0;

  function stamp(body: EventBody): TrainingEvent {
    return { v: EVENT_VERSION, seq: seq++, runId, time: now(), ...body };
  }

  function emit(body: EventBody): void {
    if (signal.aborted) return;
    const event = stamp(body);
    deliver(event);
    for (const exporter of exporters) exporter.deliver(event);
  }

  return {
    start(body) {
      const event = stamp(body);
      deliver(event);
      for (const exporter of options.exporters) {
        const running = runExporter(exporter, { context, limits, emit, onFailure });
        exporters.push(running);
        running.deliver(event);
      }
    },
    emit,
    async finish(body) {
      const event = stamp(body());
      await Promise.all(exporters.map((exporter) => exporter.finish(event)));
      if (!signal.aborted) deliver(stamp(body()));
    },
    close() {
      for (const exporter of exporters) exporter.close();
    },
    times: () => exporters.flatMap((exporter) => exporter.times()),
  };
}
