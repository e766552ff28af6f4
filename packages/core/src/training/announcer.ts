// Puts the header on events and hands them out one at a time: to the outside first, then to the exporters, whose own
// artifacts and failures become events in turn.
import { EVENT_VERSION, type EventBody, type HookTime, isPersisted, type TrainingEvent } from "../events.ts";
import { frozenCopy } from "../frozen-copy.ts";
import type { PluginFailure, SlowHook } from "../guard/guard.ts";
import type { RunContext } from "../plugins/exporter.ts";
import type { ExporterOptions, RunningExporter } from "../plugins/exporters.ts";
import type { RunAudience } from "./run-options.ts";

/** Connects the run's exporters. */
export type ConnectExporters = (options: ConnectOptions) => readonly RunningExporter[];

/** What it takes: how files are added to is known by what connects. */
export interface ConnectOptions extends Omit<ExporterOptions, "context"> {
  readonly context: Omit<RunContext, "append">;
}

export interface AnnouncerOptions extends Omit<RunAudience, "exporters"> {
  readonly context: ConnectOptions["context"];
  readonly connect: ConnectExporters;
  readonly onFailure: (failure: PluginFailure) => void;
  readonly onSlow: (slow: SlowHook) => void;
  /** Of each plugin, before the run was continued. */
  readonly failures?: ReadonlyMap<string, number> | undefined;
}

/** How much has been told. */
export interface EmittedCounts {
  /** The next event's. */
  readonly seq: number;
  /** Events that a log keeps. */
  readonly logged: number;
}

export interface Announcer {
  /** The first event. Exporters are connected after the outside has seen it, and see it too. */
  start(body: EventBody): void;
  /** In place of that where a run is continued: exporters, and they alone, see its history. */
  resume(history: readonly TrainingEvent[], counts: EmittedCounts): void;
  emitted(): EmittedCounts;
  emit(body: EventBody): void;
  /** Delivers the last event to the exporters alone, and waits until each is done with it. */
  finishExporters(body: EventBody): Promise<void>;
  close(): void;
  times(): readonly HookTime[];
}

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { runId, now, signal, deliver } = options;
  const queue: TrainingEvent[] = [];
  let exporters: readonly RunningExporter[] = [];
  let isHandingOut = false;
  let seq = 0;
  let logged = 0;
  let isEnded = false;

  /** Frozen: all that watch are handed the same event. */
  function stamp(body: EventBody): TrainingEvent {
    const event: TrainingEvent = frozenCopy({ v: EVENT_VERSION, seq: seq++, runId, time: now(), ...body });
    if (isPersisted(event)) logged++;
    return event;
  }

  /** What connecting brings about is told once all are connected, and have seen the events. */
  function connect(events: readonly TrainingEvent[]): void {
    isHandingOut = true;
    exporters = options.connect({ ...options, emit });
    if (exporters.length > 0) {
      for (const event of events) {
        const copy = frozenCopy(event);
        for (const exporter of exporters) exporter.deliver(copy);
      }
    }
    isHandingOut = false;
  }

  /**
   * An event that comes while another is handed out waits, so that all see the same order. Nothing follows `run:end`, not
   * even a promise of an exporter that was given up on.
   */
  function emit(body: EventBody): void {
    if (isEnded) return;
    isEnded = body.type === "run:end";
    queue.push(stamp(body));
    if (!isHandingOut) handOut();
  }

  function handOut(): void {
    isHandingOut = true;
    for (let event = queue.shift(); event !== undefined && !signal.aborted; event = queue.shift()) {
      deliver(event);
      for (const exporter of exporters) exporter.deliver(event);
    }
    isHandingOut = false;
  }

  return {
    start(body) {
      const event = stamp(body);
      deliver(event);
      connect([event]);
      handOut();
    },
    resume(history, counts) {
      ({ seq, logged } = counts);
      connect(history);
    },
    emitted: () => ({ seq, logged }),
    emit,
    async finishExporters(body) {
      const event = stamp(body);
      await Promise.all(exporters.map((exporter) => exporter.finish(event)));
    },
    close() {
      for (const exporter of exporters) exporter.close();
    },
    times: () => exporters.flatMap((exporter) => exporter.times()),
  };
}
