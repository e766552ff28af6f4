import { describe, expect, it } from "vitest";
import { eventRecord, fileHeader } from "./event-file.ts";
import { TENSORBOARD } from "./format.ts";

describe("TENSORBOARD", () => {
  it("is recognised by its first bytes, and by its name where they are damaged", () => {
    const other = new TextEncoder().encode("epoch,loss\n1,2\n");
    expect(TENSORBOARD.recognise(fileHeader(1))).toBe(1);
    expect(TENSORBOARD.recognise(other, "events.out.tfevents.1.host")).toBeGreaterThan(0.5);
    expect(TENSORBOARD.recognise(other, "log.csv")).toBe(0);
  });

  it("gives an event's scalars as one record, and all else by itself", () => {
    const reader = TENSORBOARD.create();
    const entries = reader.push(
      eventRecord({
        wallTime: 2,
        step: 7,
        values: [
          { kind: "scalar", tag: "train/loss", value: 0.5 },
          { kind: "scalar", tag: "lr", value: 0.25 },
          { kind: "text", tag: "note", text: "warm" },
          { kind: "hparams", values: { lr: 0.5 } },
          { kind: "histogram", tag: "w", edges: [0, 1], counts: [3] },
        ],
      }),
    );
    expect(entries).toEqual([
      {
        kind: "record",
        fields: [
          ["step", 7],
          ["train/loss", 0.5],
          ["lr", 0.25],
        ],
        time: 2000,
      },
      { kind: "text", level: "info", text: "note: warm" },
      { kind: "settings", values: { lr: 0.5 } },
      { kind: "histogram", tag: "w", step: 7, edges: [0, 1], counts: [3] },
    ]);
    expect(reader.end()).toEqual([]);
  });

  it("says that the last record breaks off", () => {
    const reader = TENSORBOARD.create();
    reader.push(fileHeader(1).subarray(0, 20));
    expect(reader.end()).toEqual([{ kind: "text", level: "warning", text: "the last record breaks off" }]);
  });
});
