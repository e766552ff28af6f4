// Events of trainscope's own grammar, as a program prints them: checked, and made into a run that a viewer can follow.
import {
  EVENT_VERSION,
  type MetricValues,
  type RunStartEvent,
  type TrainingEvent,
} from "@trainscope/core/events";
import { parseEvent } from "@trainscope/core/log";
import { FigureLimit, MOST_FIGURES } from "./figure-limit.ts";

/** Who is told what a file of TensorBoard's holds, as it is read. */
export interface EventReceiver {
  event(event: TrainingEvent): void;
  /** A run begins of which nothing is said. */
  begin(event: RunStartEvent): void;
  /** What came before was another run. */
  restart(): void;
  warn(message: string): void;
}

/** What every event has, and a program that isn't trainscope may leave out. */
export type Header = Pick<TrainingEvent, "seq" | "runId" | "time">;

const MOST_PASSED_OVER = 20;

export class GivenEvents {
  private readonly receiver: EventReceiver;
  private readonly passedOver = new Set<string>();
  private limit = new FigureLimit();
  private hasTooMany = false;
  /** The newest epoch that has figures, and how many there will be; 0 where that isn't known. */
  private recorded = 0;
  private epochs = 0;
  /** The run has told its end. */
  isOver = false;

  constructor(receiver: EventReceiver) {
    this.receiver = receiver;
  }

  /** How many epochs were finished, where those were all; `undefined` where that isn't so, or was said already. */
  get finished(): number | undefined {
    return !this.isOver && this.epochs > 0 && this.recorded >= this.epochs ? this.recorded : undefined;
  }

  /** `hasStarted`: whether whoever receives them knows of a run already. */
  take(value: Readonly<Record<string, unknown>>, header: Header, hasStarted: boolean): void {
    const parsed = parseEvent({ ...header, ...value });
    if (parsed.kind === "wrong") {
      this.receiver.warn(`an event can't be read: ${parsed.reason}`);
      return;
    }
    if (parsed.kind === "newer") {
      this.passOver(parsed.reason);
      return;
    }
    if (parsed.newer !== undefined) this.passOver(parsed.newer);
    const { event } = parsed;
    if (event.type === "run:start") this.begin(event, hasStarted);
    else {
      // A log that begins in the midst of a run.
      if (!hasStarted && event.type !== "alert") {
        const { seq, runId, time } = event;
        this.receiver.begin({
          v: EVENT_VERSION,
          seq,
          runId,
          time,
          type: "run:start",
          config: {},
          metrics: [],
        });
      }
      this.pass(event);
    }
  }

  private begin(event: TrainingEvent & { type: "run:start" }, hasStarted: boolean): void {
    if (hasStarted) this.receiver.restart();
    this.limit = new FigureLimit();
    this.hasTooMany = false;
    this.recorded = 0;
    this.epochs = event.config.epochs ?? 0;
    this.isOver = false;
    const metrics = event.metrics.slice(0, MOST_FIGURES);
    this.receiver.event({ ...event, metrics });
    if (metrics.length < event.metrics.length) {
      this.receiver.warn(`${event.metrics.length} metrics: those after the first ${MOST_FIGURES} are left out`);
    }
  }

  private pass(event: TrainingEvent): void {
    switch (event.type) {
      case "epoch:start":
        this.epochs = event.epochs;
        break;
      case "epoch:end":
        if (event.epoch < this.recorded) {
          this.receiver.warn(`epoch ${event.epoch} ended after epoch ${this.recorded}: left out`);
          return;
        }
        this.recorded = event.epoch;
        this.epochs = event.epochs;
        this.receiver.event({ ...event, metrics: this.limited(event.metrics) });
        return;
      case "point":
        this.receiver.event({ ...event, metrics: this.limited(event.metrics) });
        return;
      case "run:end":
        this.isOver = true;
        break;
    }
    this.receiver.event(event);
  }

  private limited(metrics: MetricValues): MetricValues {
    const all = Object.entries(metrics);
    const kept = all.filter(([tag]) => this.limit.admits(tag));
    if (kept.length === all.length) return metrics;
    if (!this.hasTooMany) this.receiver.warn(tooManyFigures());
    this.hasTooMany = true;
    return Object.fromEntries(kept);
  }

  /** Told once of each, and of so many at the most. */
  private passOver(newer: string): void {
    if (this.passedOver.has(newer) || this.passedOver.size >= MOST_PASSED_OVER) return;
    this.passedOver.add(newer);
    this.receiver.warn(`${newer}: passed over`);
  }
}

export function tooManyFigures(): string {
  return `more than ${MOST_FIGURES} figures: those after them are left out`;
}
