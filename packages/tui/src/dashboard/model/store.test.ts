import type { TrainingEvent } from "@trainscope/core/events";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { Subject } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectStore } from "./store.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

function connect() {
  const events = new Subject<TrainingEvent>();
  const onEnd = vi.fn();
  const onFrame = vi.fn();
  const store = connectStore(events, { now: Date.now, onEnd });
  store.subscribe(onFrame);
  return { events, onEnd, onFrame, store };
}

describe("connectStore", () => {
  it("takes in every event, and draws at most ten frames a second", () => {
    const { events, onFrame, store } = connect();
    events.next(at(0, runStart()));
    for (const event of epochEvents(1000)) {
      events.next(event);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(100);
    expect(store.snapshot().recorded).toBe(1000);
    expect(onFrame.mock.calls.length).toBeGreaterThan(25);
    expect(onFrame.mock.calls.length).toBeLessThanOrEqual(31);
  });

  it("draws the newest state after the last event", () => {
    const { events, onFrame } = connect();
    events.next(at(0, runStart()));
    expect(onFrame).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(onFrame).toHaveBeenCalledTimes(1);
  });

  it("draws what a key asked for at once", () => {
    const { events, onFrame, store } = connect();
    events.next(at(0, runStart()));
    store.request({ action: "pause" });
    expect(onFrame).toHaveBeenCalledTimes(1);
    expect(store.snapshot().requested).toBe("pause");
  });

  it("goes by the clock of the events, also in a replay of last year", () => {
    const { events, store } = connect();
    expect(store.clock()).toBeUndefined();
    events.next(at(5000, runStart()));
    vi.advanceTimersByTime(3000);
    expect(store.clock()).toBe(8000);
  });

  it("tells the end once, with the error if there was one", () => {
    const first = connect();
    first.events.complete();
    expect(first.onEnd.mock.calls).toEqual([[]]);
    const second = connect();
    const error = new Error("broken");
    second.events.error(error);
    expect(second.onEnd.mock.calls).toEqual([[error]]);
  });

  it("copies the model at the end of an epoch, while it stands still", () => {
    const events = new Subject<TrainingEvent>();
    const model = { classes: 1, inputs: 2, weights: new Float32Array([1, 2]), biases: new Float32Array([3]) };
    const store = connectStore(events, { now: Date.now, onEnd: () => {}, parameters: () => model });
    events.next(at(0, runStart()));
    expect(store.snapshot().parameters).toBeUndefined();
    for (const event of epochEvents(2)) events.next(event);
    model.weights[0] = 9;
    expect(store.snapshot().parameters).toEqual({
      epoch: 2,
      values: { ...model, weights: new Float32Array([1, 2]) },
    });
  });

  it("lets go of the events when disconnected", () => {
    const { events, store } = connect();
    store.disconnect();
    expect(events.observed).toBe(false);
  });
});
