import { describe, expect, it } from "vitest";
import type { Entry } from "../format.ts";
import { TableBuilder } from "./run-table.ts";
import { WatchedRun } from "./watched-run.ts";

const EPOCHS = [1, 2, 3, 4, 5, 6];
const PARTS = [1, 2, 3];

type Counted = Readonly<Record<string, number>>;

/** What loops count in their epochs. */
const LOOPS: Readonly<Record<string, (epoch: number, part: number) => Counted>> = {
  "batches of how many": (epoch, part) => ({ epoch, batch: 10 * part, batches: 30 }),
  "batches of epochs from 0": (epoch, part) => ({ epoch: epoch - 1, batch: 50 * (part - 1) }),
  "iterations that begin anew": (epoch, part) => ({ epoch, iter: 10 * part }),
  "iterations of all epochs": (epoch, part) => ({ epoch, iter: 30 * (epoch - 1) + 10 * part }),
  "batches that go on in the next epoch": (epoch, part) => ({
    epoch,
    batch: 30 * (epoch - 1) + 10 * part,
    batches: 1000,
  }),
  "parts of epochs": (epoch, part) => ({ epoch: epoch + part / 3 }),
  steps: (epoch, part) => ({ step: 30 * epoch + 10 * part }),
};

describe("what counts, where the first record had to be told at once", () => {
  it.each(Object.entries(LOOPS))("%s come to the curve that the whole log has", (_, counted) => {
    const entries = EPOCHS.flatMap((epoch) =>
      PARTS.map((part) => loss(counted(epoch, part), 1 / (epoch + part))),
    );
    expect(watched(entries)).toEqual(table(entries));
  });

  it("one figure an epoch does, too", () => {
    const entries = EPOCHS.map((epoch) => loss({ epoch }, 1 / epoch));
    expect(watched(entries)).toEqual(table(entries));
  });

  it("learning rates told by themselves are told again", () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8];
    const entries = counts.flatMap((count): Entry[] => {
      const counted: Counted = { epoch: Math.ceil(count / 2), iter: 10 * count };
      const rate: Entry = { kind: "record", fields: [...Object.entries(counted), ["lr", 1 / count]] };
      return [rate, loss(counted, 1 / count)];
    });
    const { rates, axis } = told(entries);
    expect(axis).toBe("step");
    expect(rates).toEqual(counts.map((count) => 1 / count));
  });

  it("what was printed before is told again in its place", () => {
    const text: Entry = { kind: "text", text: "weights are loaded", level: "info" };
    const first = { epoch: 1, iter: 10 };
    const { messages } = told([loss(first, 1), text, loss({ epoch: 1, iter: 20 }, 0.5)]);
    expect(messages).toContain("weights are loaded");
  });
});

function loss(counted: Counted, value: number): Entry {
  return { kind: "record", fields: [...Object.entries(counted), ["loss", value]] };
}

function table(entries: readonly Entry[]): unknown {
  const builder = new TableBuilder();
  builder.push(entries);
  const { axis, series } = builder.end();
  return { axis, xs: series.flatMap((one) => [...one.points().xs]) };
}

/** As of a program that pauses after each of its lines. */
function told(entries: readonly Entry[]): {
  axis: string | undefined;
  xs: number[];
  rates: number[];
  messages: string[];
} {
  const run = new WatchedRun();
  const events = entries.flatMap((entry) => [...run.push([entry], 0), ...run.settle(0)]);
  const start = events.findLastIndex((event) => "type" in event && event.type === "run:start");
  const own = events.slice(start).filter((event) => "type" in event);
  return {
    axis: own.flatMap((event) => (event.type === "run:start" ? [event.axis ?? "epoch"] : []))[0],
    xs: own.flatMap((event) => (event.type === "point" ? [event.x] : [])),
    rates: own.flatMap((event) =>
      event.type === "point" && event.learningRate !== undefined ? [event.learningRate] : [],
    ),
    messages: own.flatMap((event) => (event.type === "alert" ? [event.message] : [])),
  };
}

function watched(entries: readonly Entry[]): unknown {
  const { axis, xs } = told(entries);
  return { axis, xs };
}
