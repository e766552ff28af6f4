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
});
