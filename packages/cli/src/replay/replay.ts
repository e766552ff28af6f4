// Plays a log: events as they become due, and the source that tells a screen how the replay stands.
import type { TrainingEvent } from "@trainscope/core/events";
import {
  createSourceStore,
  type ReplayCommand,
  type ShownEvent,
  type Source,
  type SourceStore,
} from "@trainscope/core/source";
import { Observable, type Subscriber } from "rxjs";
import { advance, obey, type Player, untilNext } from "./player.ts";
import { epochAt, lastEpoch, placeOfEpoch, type Timeline } from "./timeline.ts";

export interface ReplayOptions {
  readonly timeline: Timeline;
  readonly speed: number;
  /** Where it stands paused at first; it plays from the start where this is left out. */
  readonly epoch?: number | undefined;
  /** Another epoch is shown than before. */
  readonly onEpoch?: (epoch: number) => void;
  readonly now?: () => number;
}

/** No faster than frames are drawn, and not so slowly that a change of the clock is felt. */
const [SHORTEST_TICK_MS, LONGEST_TICK_MS] = [30, 500];

type ReplaySource = Extract<Source, { readonly kind: "replay" }>;

export class Replay {
  /** Plays for its one subscriber; completes when the replay is closed. */
  readonly events = new Observable<ShownEvent>((subscriber) => this.play(subscriber));
  private readonly timeline: Timeline;
  private readonly onEpoch: (epoch: number) => void;
  private readonly now: () => number;
  private readonly store: ReturnType<typeof createSourceStore<ReplaySource>>;
  private player: Player;
  private lacking: string | undefined;
  private making: number | undefined;
  /** Events of the timeline that the subscriber has. */
  private shown = 0;
  private shownEpoch: number | undefined;
  private before: number;
  private timer: NodeJS.Timeout | undefined;
  private subscriber: Subscriber<ShownEvent> | undefined;

  constructor({ timeline, speed, epoch, onEpoch = () => {}, now = Date.now }: ReplayOptions) {
    this.timeline = timeline;
    this.onEpoch = onEpoch;
    this.now = now;
    this.before = now();
    this.player = {
      played: epoch === undefined ? timeline.start : placeOfEpoch(timeline, epoch),
      gone: 0,
      playing: epoch === undefined,
      speed,
    };
    this.store = createSourceStore(this.sourceNow());
  }

  get source(): SourceStore {
    return this.store;
  }

  /** The newest epoch that was played to its end, 0 before the first. */
  get epoch(): number {
    return epochAt(this.timeline, this.player.played);
  }

  /** The newest event that was played. */
  get newest(): TrainingEvent | undefined {
    return this.timeline.events[this.shown - 1];
  }

  command(command: ReplayCommand): void {
    // What has gone by since the last tick was at the speed of then.
    this.goOn();
    this.player = obey(this.timeline, this.player, command);
    this.catchUp();
    this.schedule();
  }

  /** Shows what isn't in the log. */
  show(event: ShownEvent): void {
    this.subscriber?.next(event);
  }

  /** Why the answers to the images can't be shown. */
  lack(reason: string | undefined): void {
    this.lacking = reason;
    this.updateSource();
  }

  /** Which epoch is being trained again for its weights. */
  make(epoch: number | undefined): void {
    this.making = epoch;
    this.updateSource();
  }

  close(): void {
    clearTimeout(this.timer);
    this.subscriber?.complete();
  }

  private play(subscriber: Subscriber<ShownEvent>): () => void {
    this.subscriber = subscriber;
    this.before = this.now();
    this.catchUp();
    this.schedule();
    return () => {
      this.subscriber = undefined;
      clearTimeout(this.timer);
    };
  }

  private sourceNow(): ReplaySource {
    const { timeline, lacking, making } = this;
    const { playing, speed } = this.player;
    return {
      kind: "replay",
      axis: timeline.axis,
      playing,
      speed,
      epoch: this.epoch,
      lastEpoch: lastEpoch(timeline),
      lacking,
      making,
    };
  }

  private updateSource(): void {
    const next = this.sourceNow();
    const fields = Object.keys(next) as (keyof ReplaySource)[];
    const last = this.store.snapshot() as ReplaySource;
    if (fields.some((field) => next[field] !== last[field])) this.store.set(next);
  }

  /** Brings the screen to where the player is. Back is only by telling the run anew. */
  private catchUp(): void {
    if (this.player.played < this.shown) {
      this.subscriber?.next({ type: "restart" });
      this.shown = 0;
      // Weights are gone with the rest.
      this.shownEpoch = undefined;
    }
    while (this.shown < this.player.played) {
      const event = this.timeline.events[this.shown++];
      if (event) this.subscriber?.next(event);
    }
    this.updateSource();
    const { epoch } = this;
    if (epoch === this.shownEpoch) return;
    this.shownEpoch = epoch;
    this.onEpoch(epoch);
  }

  private goOn(): void {
    const time = this.now();
    // Neither a clock that steps nor a machine that slept is a part of the replay.
    const gone = Math.max(0, Math.min(2 * LONGEST_TICK_MS, time - this.before));
    this.player = advance(this.timeline, this.player, gone);
    this.before = time;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const wait = untilNext(this.timeline, this.player);
    if (wait === undefined || this.subscriber === undefined) return;
    const tick = Math.max(SHORTEST_TICK_MS, Math.min(LONGEST_TICK_MS, wait));
    this.timer = setTimeout(() => this.tick(), tick);
  }

  private tick(): void {
    this.goOn();
    this.catchUp();
    this.schedule();
  }
}
