import { at, control, epochEvents, runStart } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, obey, type Player, SPEEDS, untilNext, usualSpeed, waitBefore } from "./player.ts";
import { createTimeline, epochAt } from "./timeline.ts";

/** A second each. */
const timeline = createTimeline([at(0, runStart()), ...epochEvents(8)]);
const START: Player = { played: timeline.start, gone: 0, playing: true, speed: 1 };

describe("advance", () => {
  it("plays what is due by the clock of the run, as many times faster as it is asked to", () => {
    const epochAfter = (speed: number, milliseconds: number) =>
      epochAt(timeline, advance(timeline, { ...START, speed }, milliseconds).played);
    expect([999, 1000, 3500].map((time) => epochAfter(1, time))).toEqual([0, 1, 3]);
    expect([99, 100, 350].map((time) => epochAfter(10, time))).toEqual([0, 1, 3]);
    expect(epochAfter(0.1, 10_000)).toBe(1);
  });

  it("comes to the same place in many small steps as in one", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, fc.constantFrom(...SPEEDS.slice(2, 8)), (times, speed) => {
        const player = { ...START, speed };
        const total = times.reduce((sum, time) => sum + time, 0);
        const whole = advance(timeline, player, total);
        const parts = times.reduce((one, time) => advance(timeline, one, time), player);
        // Rounding may put the very end of a wait on either side.
        const time = ({ played, gone }: Player) =>
          timeline.gaps.slice(0, played).reduce((sum, gap) => sum + gap, 0) +
          gone * (timeline.gaps[played] ?? 0);
        expect(time(parts)).toBeCloseTo(time(whole), 6);
      }),
    );
  });

  it("makes a pause of an hour last two seconds at any speed that wouldn't make it shorter", () => {
    const events = [at(0, runStart()), at(1, control("pause")), at(3_600_001, control("resume"))];
    const paused = createTimeline(events);
    expect(SPEEDS.map((speed) => waitBefore(paused, 2, speed)).slice(0, -2)).toEqual(
      SPEEDS.slice(0, -2).map(() => 2000),
    );
    expect(waitBefore(paused, 2, 10_000)).toBe(360);
  });

  it("stops at the end of the log, and goes nowhere while it is paused", () => {
    const ended = advance(timeline, START, 1e9);
    expect(ended).toEqual({ ...START, played: timeline.events.length, playing: false });
    expect(untilNext(timeline, ended)).toBeUndefined();
    const paused = { ...START, playing: false };
    expect(advance(timeline, paused, 1e9)).toBe(paused);
  });
});

describe("obey", () => {
  const after = (player: Player, ...commands: readonly Parameters<typeof obey>[2][]) =>
    commands.reduce((one, command) => obey(timeline, one, command), player);
  const epochOf = ({ played }: Player) => epochAt(timeline, played);

  it("goes epochs on and back, and no further than there are", () => {
    const third = after(START, { action: "epoch", epoch: 3 });
    expect(epochOf(third)).toBe(3);
    expect(epochOf(after(third, { action: "epochs", by: 2 }))).toBe(5);
    expect(epochOf(after(third, { action: "epochs", by: -1 }))).toBe(2);
    expect(after(third, { action: "epochs", by: -10 }).played).toBe(timeline.start);
    expect(after(third, { action: "epochs", by: 10 }).played).toBe(timeline.events.length);
  });

  it("counts the epochs that a fork's log has, which don't begin at 1", () => {
    const forked = createTimeline([at(0, runStart()), ...epochEvents(8).slice(12)]);
    const first = obey(forked, { ...START, played: forked.start }, { action: "epochs", by: 1 });
    expect(epochAt(forked, first.played)).toBe(5);
    expect(obey(forked, first, { action: "epochs", by: -1 }).played).toBe(forked.start);
  });

  it("keeps on playing where it was playing, and plays the whole again after the end", () => {
    expect(after(START, { action: "epoch", epoch: 2 }).playing).toBe(true);
    const ended = advance(timeline, START, 1e9);
    expect(after(ended, { action: "toggle" })).toEqual(START);
    expect(after(START, { action: "toggle" }).playing).toBe(false);
  });

  it("goes to the next speed of its scale, from one that isn't on it too, and never off it", () => {
    const speeds = (speed: number, by: 1 | -1) => after({ ...START, speed }, { action: "speed", by }).speed;
    expect([speeds(10, 1), speeds(10, -1), speeds(7, 1), speeds(7, -1)]).toEqual([30, 5, 10, 5]);
    expect([speeds(10_000, 1), speeds(0.1, -1), speeds(50_000, 1)]).toEqual([10_000, 0.1, 50_000]);
  });
});

it("a run of seconds is played slowly enough to be seen, a long one ten times as fast as it was", () => {
  const epochs = (count: number) => createTimeline([at(0, runStart()), ...epochEvents(count)]);
  expect([2, 10, 50, 1000].map((count) => usualSpeed(epochs(count)))).toEqual([0.1, 0.5, 2, 10]);
});
