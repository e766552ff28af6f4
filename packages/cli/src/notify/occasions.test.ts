import { EVENT_VERSION, type EventBody, type TrainingEvent } from "@trainscope/core/events";
import { formatNamed, WatchedRun } from "@trainscope/formats";
import { describe, expect, it } from "vitest";
import { Occasions } from "./occasions.ts";

const event = (body: EventBody): TrainingEvent => ({ v: EVENT_VERSION, seq: 0, runId: "r", time: 0, ...body });
const point = (x: number, loss: number | null): TrainingEvent =>
  event({ type: "point", x, metrics: { "train/loss": loss } });
const SECOND = 1000;

/** Of a figure every so many seconds, and the moment of the last. */
function paced(seconds: number, count: number): [Occasions, number] {
  const occasions = new Occasions();
  for (let index = 0; index < count; index++) occasions.take(point(index, 1), index * seconds * SECOND);
  return [occasions, (count - 1) * seconds * SECOND];
}

describe("the end", () => {
  it("is told with the newest losses, once", () => {
    const occasions = new Occasions();
    occasions.take(point(1, 0.25), 0);
    const end = event({
      type: "run:end",
      reason: "completed",
      metrics: {},
      epochs: 1,
      keptEpoch: null,
      plugins: [],
    });
    expect(occasions.take(end, 1)).toEqual([{ kind: "end", text: "all epochs done, train/loss 0.2500" }]);
    expect(occasions.end("python has ended")).toEqual([]);
  });

  it("of a source that doesn't tell it is that of the source", () => {
    expect(new Occasions().end("python has ended")).toEqual([{ kind: "end", text: "python has ended" }]);
  });
});

describe("a loss that is no number any more", () => {
  const told = (...losses: readonly string[]): readonly string[] => {
    const run = new WatchedRun();
    const reader = formatNamed("jsonl").create({});
    const occasions = new Occasions();
    const lines = losses.map((loss, index) => `{"epoch": ${index + 1}, "loss": ${loss}, "acc": 0.5}\n`);
    const events = [...run.push(reader.push(new TextEncoder().encode(lines.join(""))), 0), ...run.settle(0)];
    return events
      .flatMap((one) => ("type" in one && one.type !== "restart" ? occasions.take(one, 0) : []))
      .map(({ kind, text }) => `${kind}: ${text}`);
  };

  it("is told once, and again where it was one in between", () => {
    expect(told("1", "NaN", "NaN", "0.5", "Infinity")).toEqual([
      "not a number: train/loss is no number any more, at epoch 2: NaN",
      "not a number: train/loss is no number any more, at epoch 5: Infinity",
    ]);
  });

  it("is no gap, and was one before", () => {
    expect(told("1", "null", "null", "0.5")).toEqual([]);
    expect(told("NaN", "NaN", "1")).toEqual([]);
    const occasions = new Occasions();
    expect([1, null, null].flatMap((loss, index) => occasions.take(point(index, loss), index))).toEqual([]);
  });

  it("of a training of ours is what ends it", () => {
    const message = "the loss is not finite after epoch 1: try a lower learning rate";
    expect(
      new Occasions().take(event({ type: "alert", level: "error", code: "diverged", message }), 0),
    ).toEqual([{ kind: "not a number", text: message }]);
  });
});

describe("silence", () => {
  it("is three times the usual pause, told once until something comes", () => {
    const [occasions, last] = paced(40, 5);
    expect(occasions.due(last + 119 * SECOND)).toEqual([]);
    expect(occasions.due(last + 120 * SECOND)).toEqual([
      { kind: "silence", text: "nothing has come for 2:00, where 0:40 are usual" },
    ]);
    expect(occasions.due(last + 500 * SECOND)).toEqual([]);
    occasions.take(point(9, 1), last + 501 * SECOND);
    expect(occasions.due(last + 502 * SECOND)).toEqual([]);
    expect(occasions.due(last + 1000 * SECOND)).toHaveLength(1);
  });

  it("is no less than a minute", () => {
    const [occasions, last] = paced(2, 9);
    expect(occasions.due(last + 59 * SECOND)).toEqual([]);
    expect(occasions.due(last + 60 * SECOND)).toHaveLength(1);
  });

  it("is none before the usual pause is known, in a pause that was asked for, and after the end", () => {
    const [early, first] = paced(1, 3);
    expect(early.due(first + 1e9)).toEqual([]);
    const [paused, last] = paced(1, 9);
    paused.take(event({ type: "control", action: "pause", from: null, to: null, epoch: 1, batch: 0 }), last);
    expect(paused.due(last + 1e9)).toEqual([]);
    const [ended] = paced(1, 9);
    ended.end("over");
    expect(ended.due(1e12)).toEqual([]);
  });

  it("of a file that is read at once says nothing of its pace", () => {
    const occasions = new Occasions();
    for (let index = 0; index < 100; index++) occasions.take(point(index, 1), index);
    expect(occasions.due(1e9)).toEqual([]);
  });
});
