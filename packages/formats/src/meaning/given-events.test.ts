import { EVENT_VERSION, type EventBody, type TrainingEvent } from "@trainscope/core/events";
import { describe, expect, it } from "vitest";
import type { Entry } from "../format.ts";
import { type WatchedEvent, WatchedRun } from "./watched-run.ts";

const NOW = 1_000_000;

function watch(values: readonly object[]): WatchedEvent[] {
  const run = new WatchedRun();
  return values.flatMap((value) =>
    run.push([{ kind: "event", value: value as Readonly<Record<string, unknown>> }], NOW),
  );
}

const event = (body: EventBody): TrainingEvent => ({
  v: EVENT_VERSION,
  seq: 1,
  runId: "other",
  time: 5000,
  ...body,
});
const typesOf = (events: readonly WatchedEvent[]) => events.map((one) => ("type" in one ? one.type : one.kind));
const messagesOf = (events: readonly WatchedEvent[]) =>
  events.flatMap((one) => ("type" in one && one.type === "alert" ? [one.message] : []));

const start = event({ type: "run:start", config: {}, metrics: [] });
const end = event({
  type: "epoch:end",
  epoch: 1,
  epochs: 2,
  learningRate: 0.1,
  metrics: { "train/loss": 1 },
  timing: { trainMs: 5, evaluateMs: 1 },
});

describe("events of the grammar", () => {
  it("are taken as they are, a second run in its own right", () => {
    expect(watch([start, end])).toEqual([start, end]);
    expect(typesOf(watch([start, end, start]))).toEqual(["run:start", "epoch:end", "restart", "run:start"]);
  });

  it("that begin in the midst of a run get a start; what may be left out is filled in", () => {
    const least = { v: 1, type: "epoch:end", epoch: 1, epochs: 0, metrics: { "train/f1": 1 }, timing: {} };
    expect(watch([least])).toMatchObject([
      { type: "run:start", config: {}, metrics: [] },
      { type: "epoch:end", time: NOW, learningRate: 0, timing: { trainMs: 0, evaluateMs: 0 } },
    ]);
  });

  it("that are wrong are told, with the place and both sides", () => {
    expect(messagesOf(watch([{ ...end, epoch: "one" }]))).toEqual([
      'an event can\'t be read: epoch is "one"; expected a whole number',
    ]);
  });

  it("that are of a newer version are told once, and the rest is shown", () => {
    const newer = { ...end, gpu: 3 };
    const events = watch([{ v: 1, type: "epoch:half" }, newer, { v: 1, type: "epoch:half" }, { ...end, v: 2 }]);
    expect(messagesOf(events)).toEqual([
      'type is "epoch:half", which this version doesn\'t know: passed over',
      'epoch:end has the field "gpu", which this version doesn\'t know: passed over',
      "v is 2, of a newer version; this one reads 1: passed over",
    ]);
    expect(typesOf(events).filter((type) => type !== "alert")).toEqual(["run:start", "epoch:end"]);
  });

  it("declare no more metrics than are kept, and tell no more", () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `m${index}`);
    const metrics = names.map((name) => ({
      tag: `train/${name}`,
      name,
      split: "train",
      direction: "min",
    }));
    const declared = watch([{ v: 1, type: "run:start", config: {}, metrics: metrics.slice(0, 3000) }]);
    expect(declared[0]).toMatchObject({ metrics: { length: 500 } });
    expect(messagesOf(declared)).toEqual(["3000 metrics: those after the first 500 are left out"]);
    const values = Object.fromEntries(names.map((name) => [`train/${name}`, 1]));
    const told = watch([start, { ...end, metrics: values }, { ...end, epoch: 2, metrics: values }]);
    for (const one of told.slice(1)) {
      if ("type" in one && one.type === "epoch:end") expect(Object.keys(one.metrics)).toHaveLength(500);
    }
    expect(messagesOf(told)).toEqual(["more than 500 figures: those after them are left out"]);
  });

  it("of an epoch behind the newest are left out, and said", () => {
    const events = watch([start, { ...end, epoch: 3 }, { ...end, epoch: 2 }]);
    expect(typesOf(events)).toEqual(["run:start", "epoch:end", "alert"]);
    expect(messagesOf(events)).toEqual(["epoch 2 ended after epoch 3: left out"]);
  });

  it("that come before the figures of another form leave them to say what counts", () => {
    const run = new WatchedRun();
    const pause = event({ type: "control", action: "pause", from: null, to: "paused", epoch: 1, batch: 0 });
    const line = (epoch: number): Entry => ({
      kind: "record",
      fields: [
        ["epoch", epoch],
        ["epochs", 9],
        ["loss", 1 / epoch],
      ],
    });
    const events = [
      ...run.push([{ kind: "event", value: { ...pause } }], NOW),
      ...run.push([line(1), line(2)], NOW),
    ];
    expect(typesOf(events)).toEqual(["run:start", "control", "run:start", "point", "point"]);
    expect(events[2]).toMatchObject({ config: { epochs: 9 }, metrics: [{ tag: "train/loss" }] });
  });

  it("may be mixed with simpler lines, which are figures of the same run", () => {
    const run = new WatchedRun();
    const events = [
      ...run.push([{ kind: "event", value: { ...start } }], NOW),
      ...run.push(
        [1, 2].map((epoch) => ({
          kind: "record",
          fields: [
            ["epoch", epoch],
            ["loss", 1 / epoch],
          ],
        })),
        NOW,
      ),
    ];
    expect(typesOf(events)).toEqual(["run:start", "point", "point"]);
  });
});
