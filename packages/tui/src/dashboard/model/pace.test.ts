import { describe, expect, it } from "vitest";
import { createPace, endEpoch, type Pace, pausePace, resumePace, startEpoch, timeLeft } from "./pace.ts";

/** Epochs of the given lengths, one after the other. */
function run(durations: readonly number[], trainShare = 0.8): { readonly pace: Pace; readonly time: number } {
  let pace = createPace();
  let time = 0;
  for (const duration of durations) {
    pace = startEpoch(pace, time);
    time += duration;
    pace = endEpoch(pace, time, duration * trainShare);
  }
  return { pace, time };
}

describe("timeLeft", () => {
  it("is unknown before anything was measured", () => {
    expect(timeLeft(createPace(), { epoch: 1, epochs: 10, fraction: 0, time: 0 })).toBeUndefined();
    const started = startEpoch(createPace(), 0);
    expect(timeLeft(started, { epoch: 1, epochs: 10, fraction: 0, time: 100 })).toBeUndefined();
  });

  it("goes by the batches of the first epoch while there is no other", () => {
    const pace = startEpoch(createPace(), 0);
    expect(timeLeft(pace, { epoch: 1, epochs: 3, fraction: 0.25, time: 500 })).toBe(2000 * 2.75);
  });

  it("counts whole epochs, evaluation included, between epochs", () => {
    const { pace, time } = run([1000, 1000]);
    expect(timeLeft(pace, { epoch: 2, epochs: 10, fraction: 1, time })).toBe(8000);
  });

  it("counts what is left of the present epoch, its evaluation too", () => {
    const { pace, time } = run([1000, 1000]);
    const started = startEpoch(pace, time);
    const position = { epoch: 3, epochs: 10, time };
    expect(timeLeft(started, { ...position, fraction: 0.5 })).toBeCloseTo(7000 + 600);
    expect(timeLeft(started, { ...position, fraction: 1 })).toBeCloseTo(7000 + 200);
  });

  it("isn't thrown off by one slow epoch", () => {
    const { pace, time } = run([1000, 1000, 60_000, 1000, 1000]);
    expect(timeLeft(pace, { epoch: 5, epochs: 10, fraction: 1, time })).toBe(5000);
  });

  it("follows when epochs get slower for good", () => {
    const slower = [...Array.from({ length: 20 }, () => 1000), ...Array.from({ length: 12 }, () => 3000)];
    const { pace, time } = run(slower);
    expect(timeLeft(pace, { epoch: 32, epochs: 33, fraction: 1, time })).toBe(3000);
  });

  it("leaves out the time spent paused, within an epoch and between epochs", () => {
    let { pace } = run([1000]);
    pace = startEpoch(pausePace(pace, 1000), 1000);
    pace = resumePace(pace, 601_000);
    pace = resumePace(pausePace(pace, 601_500), 701_500);
    pace = endEpoch(pace, 702_000, 800);
    expect(pace.durations).toEqual([1000, 1000]);
  });

  it("leaves out a pause that goes on across the end of an epoch", () => {
    let pace = startEpoch(createPace(), 0);
    pace = pausePace(pace, 900);
    pace = endEpoch(pace, 1000, 800);
    pace = resumePace(pace, 50_000);
    pace = endEpoch(startEpoch(pace, 50_000), 51_000, 800);
    expect(pace.durations).toEqual([900, 1000]);
  });

  it("keeps a bounded memory", () => {
    expect(run(Array.from({ length: 1000 }, () => 5)).pace.durations.length).toBeLessThan(50);
  });
});
