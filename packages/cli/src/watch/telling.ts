// What a source's entries are told as: the events of a run, and a word where it begins anew.
import type { AlertEvent } from "@trainscope/core/events";
import type { ShownEvent } from "@trainscope/core/source";
import {
  type Ending,
  type Entry,
  type HistogramEntry,
  type ImageEntry,
  type WatchedEvent,
  WatchedRun,
} from "@trainscope/formats";
import { TextFlood } from "./text-flood.ts";

/** Nothing more is to be waited for when so long nothing has come. */
export const QUIET_MS = 1500;

export class Telling {
  private readonly emit: (event: ShownEvent) => void;
  private readonly flood = new TextFlood();
  private run = new WatchedRun();
  private heardAt: number | undefined;
  private readonly unshown = new Set<string>();

  constructor(emit: (event: ShownEvent) => void) {
    this.emit = emit;
  }

  /** `now`: the time of arrival in ms since 1970. */
  take(entries: readonly Entry[], now: number): void {
    if (entries.length === 0) return;
    this.heardAt = now;
    this.pass(this.run.push(this.flood.take(entries, now), now), now);
  }

  say(message: string, now: number, level: AlertEvent["level"] = "info"): void {
    this.pass(this.run.say(message, now, level), now);
  }

  /** The source is told anew, for the reason given. */
  restart(why: string, now: number): void {
    this.emit({ type: "restart" });
    this.run = new WatchedRun();
    this.say(why, now);
  }

  /** To be called now and then: what was held back is told when its time has come. */
  tick(now: number): void {
    this.pass(this.run.push(this.flood.due(now), now), now);
    if (this.heardAt === undefined || Math.abs(now - this.heardAt) < QUIET_MS) return;
    this.heardAt = undefined;
    this.pass(this.run.settle(now), now);
  }

  /** There will be no more. */
  end(now: number, ending?: Ending): void {
    this.pass(this.run.push(this.flood.rest(), now), now);
    this.pass(this.run.end(now, ending), now);
  }

  private pass(events: readonly WatchedEvent[], now: number): void {
    const unshown: (HistogramEntry | ImageEntry)[] = [];
    for (const event of events) {
      if ("type" in event) this.emit(event);
      else unshown.push(event);
    }
    for (const { kind, tag } of unshown) this.tellUnshown(kind, tag, now);
  }

  /** Said once of either kind. */
  private tellUnshown(kind: string, tag: string, now: number): void {
    if (this.unshown.has(kind)) return;
    this.unshown.add(kind);
    this.say(`it holds ${kind}s too, such as ${tag}, which a terminal has no place for`, now);
  }
}
