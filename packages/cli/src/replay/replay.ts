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

export interface Replay {
  /** Plays for its one subscriber; completes when the replay is closed. */
  readonly events: Observable<ShownEvent>;
  readonly source: SourceStore;
  /** The newest epoch that was played to its end, 0 before the first. */
  readonly epoch: number;
  /** The newest event that was played. */
  readonly newest: TrainingEvent | undefined;
  command(command: ReplayCommand): void;
  /** Shows what isn't in the log. */
  show(event: ShownEvent): void;
  /** Why the answers to the images can't be shown. */
  lack(reason: string | undefined): void;
  /** Which epoch is being trained again for its weights. */
  make(epoch: number | undefined): void;
  close(): void;
}

/** No faster than frames are drawn, and not so slowly that a change of the clock is felt. */
const [SHORTEST_TICK_MS, LONGEST_TICK_MS] = [30, 500];

type ReplaySource = Extract<Source, { readonly kind: "replay" }>;

export function createReplay(options: ReplayOptions): Replay {
  const { timeline, speed, epoch, onEpoch = () => {}, now = Date.now } = options;
  let player: Player = {
    played: epoch === undefined ? timeline.start : placeOfEpoch(timeline, epoch),
    gone: 0,
    playing: epoch === undefined,
    speed,
  };
  let lacking: string | undefined;
  let making: number | undefined;
  let shown = 0;
  let shownEpoch: number | undefined;
  let before = now();
  let timer: NodeJS.Timeout | undefined;
  let subscriber: Subscriber<ShownEvent> | undefined;
  const source = createSourceStore<ReplaySource>(sourceNow());

  function sourceNow(): ReplaySource {
    const { playing, speed, played } = player;
    const epoch = epochAt(timeline, played);
    const { axis } = timeline;
    return { kind: "replay", axis, playing, speed, epoch, lastEpoch: lastEpoch(timeline), lacking, making };
  }

  /** Brings the screen to where the player is. Back is only by telling the run anew. */
  function catchUp(): void {
    if (player.played < shown) {
      subscriber?.next({ type: "restart" });
      shown = 0;
      // Weights are gone with the rest.
      shownEpoch = undefined;
    }
    while (shown < player.played) {
      const event = timeline.events[shown++];
      if (event) subscriber?.next(event);
    }
    tellSource();
    const epoch = epochAt(timeline, shown);
    if (epoch === shownEpoch) return;
    shownEpoch = epoch;
    onEpoch(epoch);
  }

  function tellSource(): void {
    const next = sourceNow();
    const fields = Object.keys(next) as (keyof ReplaySource)[];
    const last = source.snapshot() as ReplaySource;
    if (fields.some((field) => next[field] !== last[field])) source.set(next);
  }

  function goOn(): void {
    const time = now();
    // Neither a clock that steps nor a machine that slept is a part of the replay.
    player = advance(timeline, player, Math.max(0, Math.min(2 * LONGEST_TICK_MS, time - before)));
    before = time;
  }

  function tick(): void {
    goOn();
    catchUp();
    schedule();
  }

  function schedule(): void {
    clearTimeout(timer);
    const wait = untilNext(timeline, player);
    if (wait === undefined || subscriber === undefined) return;
    timer = setTimeout(tick, Math.max(SHORTEST_TICK_MS, Math.min(LONGEST_TICK_MS, wait)));
  }

  return {
    events: new Observable((one) => {
      subscriber = one;
      before = now();
      catchUp();
      schedule();
      return () => {
        subscriber = undefined;
        clearTimeout(timer);
      };
    }),
    source,
    get epoch() {
      return epochAt(timeline, player.played);
    },
    get newest() {
      return timeline.events[shown - 1];
    },
    command(command) {
      // What has gone by since the last tick was at the speed of then.
      goOn();
      player = obey(timeline, player, command);
      catchUp();
      schedule();
    },
    show: (event) => subscriber?.next(event),
    lack(reason) {
      lacking = reason;
      tellSource();
    },
    make(epoch) {
      making = epoch;
      tellSource();
    },
    close() {
      clearTimeout(timer);
      subscriber?.complete();
    },
  };
}
