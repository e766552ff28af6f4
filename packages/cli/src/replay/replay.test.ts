import type { ShownEvent } from "@trainscope/core/source";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { addToDashboard, type DashboardState, initialState } from "@trainscope/tui/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Replay, type ReplayOptions } from "./replay.ts";
import { createTimeline } from "./timeline.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const EVENTS = [at(0, runStart()), ...epochEvents(8)];

function open(options: Partial<ReplayOptions> = {}) {
  const seen: ShownEvent[] = [];
  const epochs: number[] = [];
  const replay = new Replay({
    timeline: createTimeline(EVENTS),
    speed: 1,
    onEpoch: (epoch) => epochs.push(epoch),
    ...options,
  });
  let isComplete = false;
  replay.events.subscribe({
    next: (event) => seen.push(event),
    complete: () => {
      isComplete = true;
    },
  });
  return { replay, seen, epochs, isComplete: () => isComplete };
}

/** What the dashboard makes of it; a state may only be reduced once. */
function stateOf(events: readonly ShownEvent[]): DashboardState {
  return events.reduce(addToDashboard, initialState());
}

describe("Replay", () => {
  it("tells the run's events as they become due, and stays open at its end", () => {
    const { replay, seen, isComplete } = open();
    expect(seen).toEqual(EVENTS.slice(0, 1));
    vi.advanceTimersByTime(1100);
    expect(seen).toEqual(EVENTS.slice(0, 5));
    expect(replay.source.snapshot()).toMatchObject({ playing: true, epoch: 1, lastEpoch: 8, speed: 1 });
    vi.advanceTimersByTime(60_000);
    expect(seen).toEqual(EVENTS);
    expect(replay.source.snapshot()).toMatchObject({ playing: false, epoch: 8 });
    expect(isComplete()).toBe(false);
    replay.close();
    expect(isComplete()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("opens at an epoch, paused", () => {
    const { replay, seen } = open({ epoch: 3 });
    vi.advanceTimersByTime(60_000);
    expect(seen).toEqual(EVENTS.slice(0, 10));
    expect(replay.source.snapshot()).toMatchObject({ playing: false, epoch: 3 });
    expect(replay.newest).toBe(EVENTS[9]);
  });

  it("wherever it was before, an epoch comes to the same state as if it had been played to", () => {
    for (const from of [0, 2, 5, 8]) {
      const { replay, seen } = open({ epoch: from });
      replay.command({ action: "epoch", epoch: 3 });
      expect(stateOf(seen)).toEqual(stateOf(EVENTS.slice(0, 10)));
    }
  });

  it("goes on without telling anything twice, and goes back by telling it anew", () => {
    const { replay, seen, epochs } = open({ epoch: 4 });
    replay.command({ action: "epochs", by: 2 });
    expect(seen).toEqual(EVENTS.slice(0, 19));
    replay.command({ action: "epochs", by: -3 });
    expect(seen.slice(19)).toEqual([{ type: "restart" }, ...EVENTS.slice(0, 10)]);
    expect(epochs).toEqual([4, 6, 3]);
  });

  it("asks for the weights again where it goes back within an epoch, since they are gone", () => {
    const { replay, epochs } = open({ epoch: 3 });
    replay.command({ action: "toggle" });
    vi.advanceTimersByTime(500);
    replay.command({ action: "epoch", epoch: 3 });
    expect(epochs).toEqual([3, 3]);
  });

  it("changes its speed from where it is, and tells the screen at once", () => {
    const { replay, epochs } = open();
    const told = vi.fn();
    replay.source.subscribe(told);
    vi.advanceTimersByTime(500);
    for (let i = 0; i < 3; i++) replay.command({ action: "speed", by: 1 });
    expect(replay.source.snapshot()).toMatchObject({ speed: 10 });
    expect(told).toHaveBeenCalledTimes(3);
    vi.advanceTimersByTime(80);
    expect(epochs).toEqual([0, 1]);
  });

  it("doesn't play the hours that the machine slept", () => {
    let now = 0;
    const { replay } = open({ now: () => now });
    now = 10_000_000;
    vi.advanceTimersByTime(1000);
    expect(replay.epoch).toBeLessThanOrEqual(1);
    now = -10_000_000;
    vi.advanceTimersByTime(1000);
    expect(replay.epoch).toBeLessThanOrEqual(1);
  });
});
