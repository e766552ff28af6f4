// What a source's entries are told as: the events of a run, and a word where it begins anew.
import type { AlertEvent } from "@trainscope/core/events";
import type { ShownEvent } from "@trainscope/core/source";
import { type Ending, type Entry, type WatchedEvent, WatchedRun } from "@trainscope/formats";
import { NewestDrawings } from "./newest-drawings.ts";
import { TextFlood } from "./text-flood.ts";

/** Nothing more is to be waited for when so long nothing has come. */
export const QUIET_MS = 1500;

export class Telling {
  private readonly emit: (event: ShownEvent) => void;
  private readonly flood = new TextFlood();
  private run = new WatchedRun();
  private heardAt: number | undefined;
  private drawings = new NewestDrawings();

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
    this.drawings = new NewestDrawings();
    this.say(why, now);
  }

  /** To be called now and then: what was held back is told when its time has come. */
  tick(now: number): void {
    this.pass(this.run.push(this.flood.due(now), now), now);
    this.draw(now);
    if (this.heardAt === undefined || Math.abs(now - this.heardAt) < QUIET_MS) return;
    this.heardAt = undefined;
    this.pass(this.run.settle(now), now);
  }

  /** There will be no more. */
  end(now: number, ending?: Ending): void {
    this.pass(this.run.push(this.flood.rest(), now), now);
    this.draw(Number.POSITIVE_INFINITY);
    this.pass(this.run.end(now, ending), now);
  }

  private pass(events: readonly WatchedEvent[], now: number): void {
    for (const event of events) {
      if (!("type" in event)) this.drawings.take(event);
      else {
        this.emit(event);
        // The run is told anew, and what it drew isn't.
        if (event.type === "restart") for (const drawing of this.drawings.shown.values()) this.emit(drawing);
      }
    }
    if (events.length > 0) this.draw(now);
  }

  private draw(now: number): void {
    const { drawings, said } = this.drawings.due(now);
    for (const drawing of drawings) this.emit(drawing);
    for (const message of said) this.pass(this.run.say(message, now), now);
  }
}
