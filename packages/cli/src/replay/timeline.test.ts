import type { EventBody, TrainingEvent } from "@trainscope/core/events";
import { at, control, epochEvents, point, runStart, stepEvents } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { createTimeline, epochAt, lastEpoch, placeOfEpoch } from "./timeline.ts";

const alert: EventBody = { type: "alert", level: "info", code: "overfitting", message: "the gap grows" };
const end: EventBody = {
  type: "run:end",
  reason: "completed",
  epochs: 3,
  keptEpoch: 3,
  metrics: {},
  plugins: [],
};
const resume: EventBody = {
  type: "run:resume",
  epoch: 3,
  batch: 100,
  environment: { engine: "wasm", precision: "float32", threads: 2 },
};

/** Three epochs of a second each, an alert after the second, and the end. */
const EVENTS: readonly TrainingEvent[] = [
  at(0, runStart()),
  ...epochEvents(2),
  at(2000, alert),
  ...epochEvents(3).slice(-3),
  at(3000, end),
];

describe("createTimeline", () => {
  it("paces a log that tells no times by its points, and no longer than 200 s in all", () => {
    const told = (count: number) => [
      at(7, runStart()),
      ...Array.from({ length: count }, (_, index) =>
        at(7, { type: "point" as const, x: index, metrics: { a: 1 } }),
      ),
    ];
    expect(createTimeline(told(3)).gaps).toEqual([0, 0, 1000, 1000]);
    const { gaps } = createTimeline(told(1001));
    expect(gaps.reduce((sum, gap) => sum + gap, 0)).toBeCloseTo(200_000 * (1000 / 1001));
  });

  it("ends an epoch after what was told of it, and the last one with the log", () => {
    const timeline = createTimeline(EVENTS);
    const typesTo = (epoch: number) => EVENTS.slice(0, placeOfEpoch(timeline, epoch)).map(({ type }) => type);
    expect(typesTo(0)).toEqual(["run:start"]);
    expect(typesTo(1).at(-1)).toBe("epoch:end");
    expect(typesTo(2).slice(-2)).toEqual(["epoch:end", "alert"]);
    expect(typesTo(3).at(-1)).toBe("run:end");
    expect(typesTo(99)).toEqual(typesTo(3));
    expect(lastEpoch(timeline)).toBe(3);
  });

  it("keeps what was told of an epoch that never ended apart from the one before", () => {
    const timeline = createTimeline(EVENTS.slice(0, -2));
    expect(lastEpoch(timeline)).toBe(2);
    expect(EVENTS[placeOfEpoch(timeline, 2)]?.type).toBe("epoch:start");
  });

  it("knows the epoch of every place: the newest whose end lies before it", () => {
    const timeline = createTimeline(EVENTS);
    for (let played = 0; played <= EVENTS.length; played++) {
      const ended = EVENTS.slice(0, played).filter(({ type }) => type === "epoch:end");
      expect(epochAt(timeline, played)).toBe(ended.length);
    }
  });

  it("tells pauses, the time between two processes and a machine's sleep from training", () => {
    const [start, ...first] = [at(0, runStart()), ...epochEvents(3)];
    const late = (time: number) => epochEvents(1).map((event) => ({ ...event, time: event.time + time }));
    const events = [
      ...(start ? [start] : []),
      ...first,
      at(3100, control("pause")),
      at(60_000, control("resume")),
      ...late(60_000),
      at(9_000_000, resume),
      ...late(9_000_000),
      at(99_000_000, alert),
    ];
    const { gaps, idle } = createTimeline(events);
    const idleGaps = gaps.filter((_, index) => idle[index]);
    expect(idleGaps).toEqual([60_000 - 3100, 9_000_000 - 61_000, 99_000_000 - 9_001_000]);
  });

  it("takes a clock that steps back as no time at all", () => {
    expect(createTimeline([at(9000, runStart()), at(1000, alert), at(1500, alert)]).gaps).toEqual([0, 0, 500]);
  });

  it("has no epoch where none was logged", () => {
    const timeline = createTimeline([at(0, runStart())]);
    expect([lastEpoch(timeline), epochAt(timeline, 1), placeOfEpoch(timeline, 7)]).toEqual([0, 0, 0]);
  });
});

describe("a log of points", () => {
  it("has a place for each x, with what all splits told there and behind it", () => {
    const events = [
      ...stepEvents(20),
      point(15, { "validation/loss": 1 }, 20_500),
      point(20, { "validation/loss": 1 }, 21_000),
      point(30, { "train/loss": 1 }),
    ];
    const timeline = createTimeline(events);
    const played = (x: number) => events.slice(0, placeOfEpoch(timeline, x)).length;
    expect([0, 10, 15, 20, 30].map(played)).toEqual([1, 2, 2, 5, 6]);
    expect([timeline.axis, lastEpoch(timeline), epochAt(timeline, 4)]).toEqual(["step", 30, 20]);
    expect(timeline.idle.some(Boolean)).toBe(false);
  });
});
