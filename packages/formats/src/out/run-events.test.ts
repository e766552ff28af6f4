import type { TrainingEvent } from "@trainscope/core/events";
import { parseEvent } from "@trainscope/core/log";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry, Field } from "../format.ts";
import { jsonLines } from "../lines/json-lines.ts";
import { type RunTable, TableBuilder, tableRows } from "../meaning/run-table.ts";
import { toRunEvents } from "./run-events.ts";

const OPTIONS = { runId: "run-1", time: 5000 };

function tableOf(entries: readonly Entry[]): RunTable {
  const builder = new TableBuilder();
  builder.push(entries);
  return builder.end();
}

function record(fields: readonly Field[], time?: number): Entry {
  return { kind: "record", fields, ...(time === undefined ? {} : { time }) };
}

function bodies(table: RunTable): readonly Partial<TrainingEvent>[] {
  return [...toRunEvents(table, OPTIONS)].map(({ v: _, seq: _seq, runId: _id, ...body }) => body);
}

describe("toRunEvents", () => {
  it("begins with what counts, the settings and the figures, and has texts where they were told", () => {
    const table = tableOf([
      { kind: "text", text: "on two GPUs", level: "info" },
      { kind: "settings", values: { optimizer: "sgd", seed: 3, loss: "mse", schedule: "cosine" } },
      record(
        [
          ["step", 10],
          ["loss", 2],
          ["lr", 0.5],
        ],
        1000,
      ),
      { kind: "text", text: "slow loader", level: "warning" },
      record(
        [
          ["step", 20],
          ["loss", Number.NaN],
          ["val_acc", 0.25],
        ],
        3000,
      ),
    ]);
    expect(bodies(table)).toEqual([
      {
        type: "run:start",
        axis: "step",
        time: 1000,
        config: { optimizer: "sgd", seed: 3, loss: "mse" },
        metrics: [
          { tag: "train/loss", name: "loss", split: "train", direction: "min", unit: null, display: {} },
          {
            tag: "validation/accuracy",
            name: "accuracy",
            split: "validation",
            direction: "max",
            unit: "fraction",
            display: {},
          },
        ],
      },
      { type: "alert", level: "info", code: "output", message: "on two GPUs", time: 1000 },
      { type: "point", x: 10, metrics: { "train/loss": 2 }, learningRate: 0.5, time: 1000 },
      { type: "alert", level: "warning", code: "output", message: "slow loader", time: 1000 },
      { type: "point", x: 20, metrics: { "train/loss": null, "validation/accuracy": 0.25 }, time: 3000 },
    ]);
  });

  it("has the source's own time where it tells none, and 500 figures at the most", () => {
    const fields = Array.from({ length: 501 }, (_, index): Field => [`loss_${index}x`, index]);
    const [start, notice, point] = bodies(tableOf([record([["epoch", 1], ["epochs", 7], ...fields])]));
    expect(start).toMatchObject({ time: 5000, axis: "epoch", config: { epochs: 7 } });
    expect(notice).toMatchObject({ message: "of 501 figures the first 500 are kept" });
    expect(point).toHaveProperty("metrics.train/loss_499x", 499);
    expect(point).not.toHaveProperty("metrics.train/loss_500x");
  });

  it("gives events that are read again to the same table, whatever it holds", () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.constant(Number.NaN));
    const row = fc.tuple(
      fc.nat(500),
      fc.option(value),
      fc.option(value),
      fc.option(fc.double({ min: 0.001, max: 1 })),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const table = tableOf(
          rows.map(([step, loss, accuracy, rate]) =>
            record([
              ["step", step],
              ...named("loss", loss),
              ...named("val_acc", accuracy),
              ...named("lr", rate),
            ]),
          ),
        );
        const events = [...toRunEvents(table, OPTIONS)];
        expect(events.map((event) => parseEvent(event).kind)).toEqual(events.map(() => "event"));
        const reader = jsonLines.create();
        const log = new TextEncoder().encode(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
        const again = tableOf([...reader.push(log), ...reader.end()]);
        const { header, rows: cells } = tableRows(table);
        const { header: newHeader, rows: newCells } = tableRows(again);
        expect([...newHeader].sort()).toEqual([...header].sort());
        const columns = header.map((name) => newHeader.indexOf(name));
        expect(newCells.map((cell) => columns.map((column) => cell[column]))).toEqual(
          cells.map((cell) => [...cell]),
        );
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

function named(name: string, value: number | null): Field[] {
  return value === null ? [] : [[name, value]];
}
