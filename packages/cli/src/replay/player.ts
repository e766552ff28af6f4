// A replay as plain data: how far a log has been played, and how it goes on. Pure: time is what it is given.
import type { ReplayCommand } from "@trainscope/core/source";
import { epochsEnded, placeOfEpoch, type Timeline } from "./timeline.ts";

export interface Player {
  /** Events that were played. */
  readonly played: number;
  /** Of the time before the next one, the share that has gone by, 0 to 1. */
  readonly gone: number;
  readonly playing: boolean;
  /** Seconds of the run in one of the replay. */
  readonly speed: number;
}

/** What keys choose from; another one can be asked for. */
export const SPEEDS: readonly number[] = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 100, 300, 1000, 3000, 10_000];

/** What nobody trained in takes no longer, in ms of the replay. */
const LONGEST_IDLE_MS = 2000;

/** A replay that isn't asked for another speed is no faster, and slower for a run that would be over before it was seen. */
const USUAL_SPEED = 10;
const LEAST_MS = 20_000;

export function usualSpeed(timeline: Timeline): number {
  const durationAt = (speed: number): number =>
    timeline.events.reduce((sum, _, index) => sum + waitBefore(timeline, index, speed), 0);
  const speeds = SPEEDS.filter((speed) => speed <= USUAL_SPEED);
  return speeds.findLast((speed) => durationAt(speed) >= LEAST_MS) ?? speeds[0] ?? USUAL_SPEED;
}

/** The time before an event, in ms of the replay. */
export function waitBefore({ gaps, idle }: Timeline, index: number, speed: number): number {
  const wait = (gaps[index] ?? 0) / speed;
  return idle[index] ? Math.min(LONGEST_IDLE_MS, wait) : wait;
}

/** The player so many milliseconds later. It pauses at the end of the log. */
export function advance(timeline: Timeline, player: Player, milliseconds: number): Player {
  if (!player.playing) return player;
  let { played, gone } = player;
  let left = milliseconds;
  while (played < timeline.events.length) {
    const wait = waitBefore(timeline, played, player.speed);
    const rest = wait * (1 - gone);
    if (rest > left) return { ...player, played, gone: gone + left / wait };
    left -= rest;
    played++;
    gone = 0;
  }
  return { ...player, played, gone: 0, playing: false };
}

/** Milliseconds until the next event; `undefined` where none will come. */
export function untilNext(timeline: Timeline, { played, gone, playing, speed }: Player): number | undefined {
  if (!playing || played >= timeline.events.length) return undefined;
  return waitBefore(timeline, played, speed) * (1 - gone);
}

/** What a key makes of it. At the end of the log, to play means from the start. */
export function obey(timeline: Timeline, player: Player, command: ReplayCommand): Player {
  switch (command.action) {
    case "toggle": {
      const isAtEnd = player.played >= timeline.events.length;
      if (!player.playing && isAtEnd) return { ...at(player, timeline.start), playing: true };
      return { ...player, playing: !player.playing };
    }
    case "epoch":
      return at(player, placeOfEpoch(timeline, command.epoch));
    case "epochs":
      return at(player, placeAfter(timeline, player.played, command.by));
    case "speed":
      return { ...player, speed: nextSpeed(player.speed, command.by) };
  }
}

function at(player: Player, played: number): Player {
  return { ...player, played, gone: 0 };
}

/** The end of an epoch so many on or back; beyond the last one, the end of the log. */
function placeAfter(timeline: Timeline, played: number, by: number): number {
  const { epochs, start, events } = timeline;
  const ended = epochsEnded(timeline, played) + by;
  if (ended > epochs.length) return events.length;
  return epochs[ended - 1]?.place ?? start;
}

function nextSpeed(speed: number, by: 1 | -1): number {
  const next = by > 0 ? SPEEDS.find((one) => one > speed) : SPEEDS.findLast((one) => one < speed);
  return next ?? speed;
}
