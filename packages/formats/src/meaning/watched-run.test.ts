import { describe, expect, it } from "vitest";
import type { Entry, Field } from "../format.ts";
import { jsonLines } from "../lines/json-lines.ts";
import { type WatchedEvent, WatchedRun } from "./watched-run.ts";

const record = (...fields: Field[]): Entry => ({ kind: "record", fields });
const epoch = (number: number, loss: number): Entry => record(["epoch", number], ["loss", loss]);

function watch(...entries: readonly Entry[]): WatchedEvent[] {
  const run = new WatchedRun();
  return [...entries.flatMap((entry) => run.push([entry], 5)), ...run.settle(5)];
}

/** The points since the last start, as a reader has them in the end. */
function pointsOf(events: readonly WatchedEvent[]): unknown[] {
  const start = events.findLastIndex((event) => "type" in event && event.type === "run:start");
  return events
    .slice(start)
    .flatMap((event) => ("type" in event && event.type === "point" ? [[event.x, event.metrics]] : []));
}

const messagesOf = (events: readonly WatchedEvent[]) =>
  events.flatMap((event) => ("type" in event && event.type === "alert" ? [event.message] : []));

describe("WatchedRun", () => {
  it("tells the axis, the metrics and each point with its own x", () => {
    const events = watch(
      record(["step", 10], ["loss", 2]),
      record(["step", 20], ["loss", 1], ["lr", 0.5]),
      record(["step", 20], ["val_acc", 43.5]),
    );
    expect(events[0]).toMatchObject({ type: "run:start", axis: "step", seq: 0, runId: "watched-1" });
    expect(events[0]).toMatchObject({
      metrics: [
        { tag: "train/loss", direction: "min", unit: null },
        { tag: "validation/accuracy", direction: "max", unit: "%" },
      ],
    });
    expect(events.slice(1)).toMatchObject([
      { type: "point", x: 10, metrics: { "train/loss": 2 } },
      { type: "point", x: 20, metrics: { "train/loss": 1 }, learningRate: 0.5 },
      { type: "point", x: 20, metrics: { "validation/accuracy": 43.5 } },
    ]);
  });

  it("waits no longer than it is in doubt: two epochs", () => {
    const run = new WatchedRun();
    expect(run.push([epoch(1, 3)], 0)).toEqual([]);
    expect(run.push([epoch(2, 2)], 0)).toHaveLength(3);
    expect(run.push([epoch(3, 1)], 7)).toMatchObject([{ type: "point", x: 3, time: 7 }]);
  });

  it("what is no finite number is null", () => {
    expect(pointsOf(watch(epoch(1, Number.NaN), epoch(2, Number.POSITIVE_INFINITY)))).toEqual([
      [1, { "train/loss": null }],
      [2, { "train/loss": null }],
    ]);
  });

  it("another run in the source begins the telling anew, and says so", () => {
    const events = watch(epoch(1, 9), epoch(2, 8), epoch(3, 7), epoch(1, 3), epoch(2, 2));
    expect(events).toContainEqual({ type: "restart" });
    expect(events).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining("another run begins") }),
    );
    expect(pointsOf(events)).toEqual([
      [1, { "train/loss": 3 }],
      [2, { "train/loss": 2 }],
    ]);
  });

  it("a run that goes on from an earlier epoch takes back what came after it", () => {
    const events = watch(
      ...[1, 2, 3, 4].map((number) => epoch(number, 10 - number)),
      epoch(3, 0.5),
      epoch(4, 0.25),
    );
    expect(pointsOf(events).slice(-2)).toEqual([
      [3, { "train/loss": 0.5 }],
      [4, { "train/loss": 0.25 }],
    ]);
    expect(pointsOf(events)).toHaveLength(4);
  });

  it("a single epoch that is told again has the newest value", () => {
    const events = watch(...[1, 2, 3, 4].map((number) => epoch(number, 10 - number)), epoch(3, 0.5));
    expect(pointsOf(events).slice(-2)).toEqual([
      [3, { "train/loss": 0.5 }],
      [4, { "train/loss": 6 }],
    ]);
  });

  it("of each tag x rises, whatever order a source has", () => {
    const order = [5, 1, 4, 2, 2, 9, 3, 8, 8, 1, 7, 6, 2, 10];
    const xs = pointsOf(watch(...order.map((number) => epoch(number, number)))).map(
      (point) => (point as [number])[0],
    );
    expect(xs).toEqual([...xs].sort((one, other) => one - other));
  });

  it("passes on events of the grammar, and says what is wrong with others", () => {
    const text =
      '{"v":1,"type":"epoch:end","epoch":0}\n{"v":1,"type":"alert","level":"info","code":"output","message":"hi"}\n';
    const events = watch(...jsonLines.create().push(new TextEncoder().encode(text)));
    expect(events[0]).toMatchObject({
      type: "alert",
      level: "warning",
      message: expect.stringContaining("epochs is missing"),
    });
    expect(events[1]).toMatchObject({ type: "alert", message: "hi" });
  });

  it("fractions of an epoch are places, and no other run", () => {
    expect(pointsOf(watch(epoch(2.5, 3), epoch(2.6, 2), epoch(2.7, 1)))).toEqual([
      [2.5, { "train/loss": 3 }],
      [2.6, { "train/loss": 2 }],
      [2.7, { "train/loss": 1 }],
    ]);
  });

  it("lines with an epoch and a step are figures", () => {
    const line = (epoch: number, step: number): Entry =>
      record(["epoch", epoch], ["step", step], ["loss", 1 / step]);
    expect(pointsOf(watch(line(1, 10), line(1, 20), line(2, 30)))).toEqual([
      [10, { "train/loss": 0.1 }],
      [20, { "train/loss": 0.05 }],
      [30, { "train/loss": 1 / 30 }],
    ]);
  });

  it("an epoch that is told twice has the newest figures, and it is said", () => {
    const events = watch(epoch(1, 9), epoch(2, 1), epoch(2, 8), epoch(3, 7));
    expect(messagesOf(events)).toEqual(["epoch 2 was told again; the newest figures count"]);
    expect(pointsOf(events)).toEqual([
      [1, { "train/loss": 9 }],
      [2, { "train/loss": 1 }],
      [2, { "train/loss": 8 }],
      [3, { "train/loss": 7 }],
    ]);
    expect(messagesOf(watch(epoch(1, 9), epoch(2, 8), record(["epoch", 2], ["val_loss", 3])))).toEqual([]);
  });

  it("times are the source's own or those of arrival, never both in one run", () => {
    const at = (number: number, time?: number): Entry => ({
      kind: "record",
      fields: [
        ["epoch", number],
        ["loss", 1],
      ],
      ...(time === undefined ? {} : { time }),
    });
    const timesOf = (...entries: readonly Entry[]) =>
      watch(...entries).flatMap((event) => ("type" in event && event.type !== "restart" ? [event.time] : []));
    expect(timesOf(at(1, 100), at(2), at(3, 300))).toEqual([100, 100, 100, 300]);
    expect(timesOf(at(1), at(2), at(3, 300))).toEqual([5, 5, 5, 5]);
  });

  it("keeps what is known of its figures when it is told anew", () => {
    const share = (number: number, accuracy: number): Entry =>
      record(["epoch", number], ["val_acc", accuracy], ["loss", 1]);
    const events = watch(share(1, 40), share(2, 50), share(3, 60), share(2, 55));
    const starts = events.filter((event) => "type" in event && event.type === "run:start");
    expect(starts).toHaveLength(2);
    expect(starts[1]).toMatchObject({ metrics: [{ unit: "%" }, { direction: "min" }] });
  });

  it("says at its end what it came to, as far as the source said how many there would be", () => {
    const ended = (...entries: readonly Entry[]): WatchedEvent[] => {
      const run = new WatchedRun();
      return [...run.push(entries, 5), ...run.end(6)].slice(-2);
    };
    const of = (number: number, all: number): Entry => record(["epoch", number], ["epochs", all], ["loss", 1]);
    const done = [{ message: "the input has ended" }, { type: "run:end", reason: "completed", epochs: 2 }];
    expect(ended(of(1, 2), of(2, 2))).toMatchObject(done);
    expect(ended(of(0, 2), of(1, 2))).toMatchObject(done);
    expect(ended(of(1, 3), of(2, 3)).at(-1)).toMatchObject({ message: "the input has ended" });
    expect(ended(epoch(1, 1)).at(-1)).toMatchObject({ message: "the input has ended" });
    expect(ended()).toMatchObject([{ message: "the input has ended, and told of no training" }]);
  });

  it("tells what the machine does beside the figures, without a chart", () => {
    const events = watch(
      record(
        ["step", 10],
        ["loss", 2],
        ["time", 0.5],
        ["memory", 900],
        ["img_per_sec", 1200],
        ["timestamp", 17e8],
      ),
      record(["step", 20], ["loss", 1], ["time", 0.4]),
      record(["step", 20], ["gpu_mem", 7]),
    );
    expect(pointsOf(events)).toEqual([
      [10, { "train/loss": 2, "train/time": 0.5, "train/memory": 900, "train/img_per_sec": 1200 }],
      [20, { "train/loss": 1, "train/time": 0.4 }],
      [20, { "train/gpu_mem": 7 }],
    ]);
    expect(events[0]).toMatchObject({
      metrics: expect.arrayContaining([
        expect.objectContaining({ tag: "train/time", display: { chart: false } }),
      ]),
    });
  });

  it("a learning rate that changes is a figure from where it began, one that doesn't is none", () => {
    const rates = [0.1, 0.1, 0.1, 0.05, 0.05].map((lr, index) =>
      record(["epoch", index + 1], ["loss", 1], ["lr/head", lr], ["lr/body", 0.01]),
    );
    const told = pointsOf(watch(...rates)).flatMap((point) => {
      const [x, metrics] = point as [number, Record<string, number>];
      return Object.entries(metrics).flatMap(([tag, value]) => (tag.includes("rate") ? [[x, tag, value]] : []));
    });
    expect(told).toEqual([
      [1, "train/learning_rate/head", 0.1],
      [3, "train/learning_rate/head", 0.1],
      [4, "train/learning_rate/head", 0.05],
      [5, "train/learning_rate/head", 0.05],
    ]);
  });

  it("says of the curves what they show, and says it once, also where the run is told anew", () => {
    const jumps = [2, 1, 2.5, 1.2, 2.8].map((loss, index) => epoch(index + 1, loss));
    const advice =
      "the training loss jumps from epoch to epoch (2.00, 1.00, 2.50): the learning rate may be too high";
    expect(messagesOf(watch(...jumps))).toEqual([advice]);
    const events = watch(...jumps, epoch(2, 1.1), epoch(6, 1));
    const restart = events.findIndex((event) => "type" in event && event.type === "restart");
    expect(messagesOf(events.slice(restart)).filter((message) => message.includes("jumps"))).toHaveLength(1);
  });

  it("keeps 500 figures, and says that there were more", () => {
    const lines = Array.from({ length: 600 }, (_, index) =>
      record(["epoch", index + 1], [`figure${index}`, 1]),
    );
    const events = watch(...lines);
    expect(pointsOf(events)).toHaveLength(500);
    expect(messagesOf(events)).toEqual(["more than 500 figures: those after them are left out"]);
  });

  it.each([
    [
      "5,000 texts",
      JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`text${i}`, "x y"]))),
    ],
    ["a name of 50,000 signs", JSON.stringify({ ["_".repeat(50_000)]: 1 })],
    [
      "100,000 names",
      JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`n${i}`, i]))),
    ],
    ["2,000 names, each in a line", Array.from({ length: 2000 }, (_, i) => `{"epoch":1,"n${i}":1}`).join("\n")],
  ])("no line can hold it up: %s", { timeout: 5000 }, (_, text) => {
    const lines = new TextEncoder().encode(`${text}\n{"epoch":1,"loss":0.5}\n`);
    const events = watch(...jsonLines.create().push(lines));
    const starts = events.flatMap((event) => ("type" in event && event.type === "run:start" ? [event] : []));
    expect(starts.map(({ metrics }) => metrics.length <= 500)).toEqual([true]);
  });

  it("says once that a loss is no number any more, and again where it was one in between", () => {
    const losses = [1, Number.NaN, Number.NaN, 0.5, Number.POSITIVE_INFINITY];
    expect(messagesOf(watch(...losses.map((loss, index) => epoch(index + 1, loss))))).toEqual([
      "train/loss is no number any more, at epoch 2: NaN",
      "train/loss is no number any more, at epoch 5: Infinity",
    ]);
  });

  it("has the source's settings among its own, and how many steps there will be", () => {
    const settings: Entry = {
      kind: "settings",
      values: { learning_rate: 0.5, model: "resnet", schedule: "cosine", resumed: null },
    };
    const [start] = watch(
      settings,
      ...[10, 20, 30].map((step) => record(["step", step], ["steps", 500], ["loss", 1])),
    );
    expect(start).toMatchObject({ type: "run:start", axis: "step", length: 500 });
    expect(start).toHaveProperty("config", {
      learningRate: 0.5,
      model: "resnet",
      "schedule setting": "cosine",
    });
  });
});
