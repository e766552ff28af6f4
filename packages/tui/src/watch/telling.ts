// What a source's entries are told as: the events of a run, and a word where it begins anew.
import type { AlertEvent } from "@trainscope/core";
import { type Ending, type Entry, type WatchedEvent, WatchedRun } from "@trainscope/formats";
import type { ShownEvent } from "../dashboard/source.ts";
import { TextFlood } from "./text-flood.ts";

/** Nothing more is to be waited for when so long nothing has come. */
export const QUIET_MS = 1500;

export class Telling {
  private readonly emit: (event: ShownEvent) => void;
  private readonly flood = new TextFlood();
  private run = new WatchedRun();
  private heardAt: number | undefined;

  constructor(emit: (event: ShownEvent) => void) {
    this.emit = emit;
  }

  /** `now`: the time of arrival in ms since 1970. */
  take(entries: readonly Entry[], now: number): void {
    if (entries.length === 0) return;
    this.heardAt = now;
    this.pass(this.run.push(this.flood.take(entries, now), now));
  }

  say(message: string, now: number, level: AlertEvent["level"] = "info"): void {
    this.pass(this.run.say(message, now, level));
  }

  /** The source is told anew, for the reason given. */
  restart(why: string, now: number): void {
    this.emit({ type: "restart" });
    this.run = new WatchedRun();
    this.say(why, now);
  }

  /** To be called now and then: what was held back is told when its time has come. */
  tick(now: number): void {
    this.pass(this.run.push(this.flood.due(now), now));
    if (this.heardAt === undefined || Math.abs(now - this.heardAt) < QUIET_MS) return;
    this.heardAt = undefined;
    this.pass(this.run.settle(now));
  }

  /** There will be no more. */
  end(now: number, ending?: Ending): void {
    this.pass(this.run.push(this.flood.rest(), now));
    this.pass(this.run.end(now, ending));
  }

  private pass(events: readonly WatchedEvent[]): void {
    for (const event of events) if ("type" in event) this.emit(event);
  }
}
