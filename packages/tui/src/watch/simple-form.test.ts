import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSimple, tagOf } from "./simple-form.ts";

describe("tagOf", () => {
  it.each([
    ["train/loss", "train/loss"],
    ["loss", "train/loss"],
    ["val_loss", "validation/loss"],
    ["val/acc", "validation/accuracy"],
    ["Loss/train", "train/loss"],
    ["loss_val", "validation/loss"],
    ["eval-f1", "validation/f1"],
    ["test_acc", "test/accuracy"],
    ["valid.top5_acc", "validation/top5_acc"],
    ["train/head/loss", "train/head/loss"],
    ["validated", "train/validated"],
    ["val", "train/val"],
    ["", "train/figure"],
  ])("%s is %s", (key, tag) => {
    expect(tagOf(key, "train")).toBe(tag);
  });

  it("is a split and a name, whatever the key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (key) => {
        expect(tagOf(key, "test")).toMatch(/^(train|validation|test)\/./su);
      }),
      { seed: 1 },
    );
  });
});

describe("readSimple", () => {
  it("tells counts, the rate and the time from figures", () => {
    const line = readSimple({
      ...{ epoch: 3, epochs: 10, batch: 40, batches: 100, loss: 1.2, lr: 0.01, val_acc: 0.4 },
      ...{ time: 1_700_000_000.5, best: true, history: [1], note: "warm" },
    });
    expect(line).toMatchObject({ epoch: 3, epochs: 10, batch: 40, batches: 100, learningRate: 0.01 });
    expect(line?.time).toBe(1_700_000_000_500);
    expect([...(line?.figures ?? [])]).toEqual([
      ["train/loss", 1.2],
      ["validation/accuracy", 0.4],
    ]);
    expect(line?.texts).toEqual(["note: warm"]);
  });

  it("takes a time in ms or as a date; a duration is a figure", () => {
    expect(readSimple({ loss: 1, timestamp: 1_700_000_000_000 })?.time).toBe(1_700_000_000_000);
    expect(readSimple({ loss: 1, time: "2023-11-14T22:13:20Z" })?.time).toBe(1_700_000_000_000);
    const duration = readSimple({ loss: 1, time: 12.5 });
    expect([duration?.time, duration?.figures.get("train/time")]).toEqual([undefined, 12.5]);
  });

  it("takes figures in groups, and a split that is told by itself", () => {
    const grouped = readSimple({ epoch: 1, train: { loss: 1 }, val: { loss: 2 }, metrics: { f1: 0.5 } });
    expect([...(grouped?.figures ?? [])]).toEqual([
      ["train/loss", 1],
      ["validation/loss", 2],
      ["train/f1", 0.5],
    ]);
    expect([...(readSimple({ epoch: 1, split: "val", loss: 2 })?.figures.keys() ?? [])]).toEqual([
      "validation/loss",
    ]);
  });

  it("what is missing or no finite number is a gap, and no count", () => {
    const line = readSimple({ epoch: null, batches: -4, epochs: 2.5, loss: null, cost: Number.NaN });
    expect(line).toMatchObject({ epoch: undefined, batches: undefined, epochs: undefined });
    expect([...(line?.figures.values() ?? [])]).toEqual([null, null]);
  });

  it("an object without a count, a figure or a message is nothing", () => {
    expect(readSimple({ host: "a", tags: ["b"], ok: true })).toBeUndefined();
    expect(readSimple({ msg: "saved", level: "warning" })).toMatchObject({
      texts: ["saved"],
      level: "warning",
    });
  });
});
