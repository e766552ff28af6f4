import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrainingEvent } from "../events.ts";
import { appendValues, createHistory } from "../history/history.ts";
import { isValuesEvent } from "../history/values-event.ts";
import { parseEvent } from "../log/parse-event.ts";
import { RecordEvents, type ValuesRecord } from "./record-events.ts";

function eventsOf(...records: readonly ValuesRecord[]): TrainingEvent[] {
  const run = new RecordEvents({ runId: "run", now: () => 7 });
  return records.flatMap((record) => run.add(record));
}

/** The curves as `x: value`, by tag. */
function curvesOf(events: readonly TrainingEvent[]): Record<string, string> {
  const history = createHistory();
  for (const event of events) if (isValuesEvent(event)) appendValues(history, event);
  return Object.fromEntries(
    Array.from(history.series, ([tag, { x, values }]) => [
      tag,
      x.map((at, i) => `${at}: ${values[i]}`).join(", "),
    ]),
  );
}

describe("RecordEvents", () => {
  it("tells the start, with what the names say, and then a point a record", () => {
    const [start, ...points] = eventsOf(
      { epoch: 1, loss: 0.9, val_loss: 1.1, val_acc: 0.4, lr: 0.01 },
      { epoch: 2, loss: 0.8, "test/f1": 0.7 },
    );
    expect(start).toMatchObject({
      v: 1,
      seq: 0,
      runId: "run",
      time: 7,
      type: "run:start",
      axis: "epoch",
      config: {},
    });
    expect(start).toMatchObject({
      metrics: [
        { tag: "train/loss", direction: "min" },
        { tag: "validation/loss", direction: "min" },
        { tag: "validation/accuracy", direction: "max", unit: "fraction" },
      ],
    });
    expect(points).toMatchObject([
      { seq: 1, x: 1, metrics: { "train/loss": 0.9, "validation/loss": 1.1, "validation/accuracy": 0.4 } },
      { seq: 2, x: 2, metrics: { "train/loss": 0.8, "test/f1": 0.7 } },
    ]);
    expect(points).toMatchObject([{ learningRate: 0.01 }, {}]);
  });

  it("counts steps where there is no epoch, and records where there is neither", () => {
    const [start, ...points] = eventsOf({ step: 50, loss: 1 }, { val_loss: 2 }, { step: 100, loss: 3 });
    expect(start).toMatchObject({ axis: "step" });
    expect(points).toMatchObject([{ x: 50 }, { x: 50 }, { x: 100 }]);
    expect(eventsOf({ loss: 1 }, { loss: 2 }).slice(1)).toMatchObject([{ x: 1 }, { x: 2 }]);
  });

  it("says nothing for a record without a number, and takes what is not finite for missing", () => {
    expect(eventsOf({}, { epoch: 1 }, { epoch: 2, note: "warm" })).toEqual([]);
    const values = { loss: Number.NaN, acc: Number.POSITIVE_INFINITY, f1: null, note: "hot", lr: Number.NaN };
    expect(eventsOf({ epoch: 1, ...values })[1]).toMatchObject({
      metrics: { "train/loss": null, "train/accuracy": null, "train/f1": null },
    });
  });

  it("goes on from an x that lies behind, and tells it once", () => {
    const events = eventsOf(
      { epoch: 1, loss: 5, val_loss: 6 },
      { epoch: 2, loss: 4, val_loss: 5 },
      { epoch: 3, loss: 3, val_loss: 4 },
      { epoch: 2, loss: 2 },
      { epoch: 2, val_loss: 1 },
    );
    const alerts = events.flatMap((event) => (event.type === "alert" ? event.message : []));
    expect(alerts).toEqual(["went back from epoch 3 to 2: curves go on from there"]);
    expect(curvesOf(events)).toEqual({ "train/loss": "1: 5, 2: 2", "validation/loss": "1: 6, 2: 1" });
    // Splits at paces of their own don't go back.
    expect(eventsOf({ step: 9, loss: 1 }, { step: 5, val_loss: 1 })).toHaveLength(3);
  });

  it("keeps the first 500 names, and says so once", () => {
    const names = Array.from({ length: 501 }, (_, index) => [`figure${index}`, 1] as const);
    const [start, alert, ...points] = eventsOf(Object.fromEntries(names), { figure500: 2, figure0: 2 });
    expect(start?.type === "run:start" && start.metrics).toHaveLength(500);
    expect(alert).toMatchObject({ type: "alert", message: "more than 500 figures: the first are shown" });
    expect(points[1]).toMatchObject({ metrics: { "train/figure0": 2 } });
    expect(Object.keys(points[1]?.type === "point" ? points[1].metrics : {})).toEqual(["train/figure0"]);
  });

  it.each([5, null, "loss", [1]])("BAD_DATA: %j is no record", (record) => {
    expect(() => eventsOf({ loss: 1 }, record as unknown as ValuesRecord)).toThrow(
      expect.objectContaining({
        code: "BAD_DATA",
        message: expect.stringMatching(/^record 2 is .*; expected an object/),
      }),
    );
  });

  it("whatever the records, its events survive a log", () => {
    const number = fc.oneof(fc.double(), fc.constant(null), fc.integer());
    const record = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("epoch", "step", "loss", "lr")), number);
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const run = new RecordEvents({ runId: "run", config: { epochs: 3 }, length: 3, now: () => 7 });
        const events = [...records.flatMap((one) => run.add(one)), run.end("completed")];
        for (const [seq, event] of events.entries()) {
          const parsed = parseEvent(JSON.parse(JSON.stringify(event)));
          expect(parsed).toMatchObject({ kind: "event", event: { seq, type: event.type } });
        }
      }),
    );
  });
});
