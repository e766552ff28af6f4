import { parseEvent } from "@trainscope/core/log";
import { describe, expect, it } from "vitest";
import { LISTED_TAG, skimEpoch } from "./skim-epoch.ts";

const header = { v: 1, seq: 7, runId: "20261124-000000-abcd", time: 1795488911901 };
const start = { ...header, type: "epoch:start", epoch: 3, epochs: 40 };
const end = {
  ...header,
  type: "epoch:end",
  epoch: 3,
  epochs: 40,
  learningRate: 0.001,
  metrics: { "train/loss": 1.5, [LISTED_TAG]: 3.8e-7, "validation/loss": null },
  timing: { trainMs: 101.5, evaluateMs: 9 },
};

describe("skimEpoch", () => {
  it("reads of an epoch what all of its line says", () => {
    const { epoch, epochs } = end;
    expect(skimEpoch(JSON.stringify(start))).toMatchObject({ type: "epoch:start", epoch, epochs });
    const metrics = { [LISTED_TAG]: 3.8e-7 };
    const skimmed = skimEpoch(JSON.stringify(end));
    expect(skimmed).toMatchObject({ type: "epoch:end", epoch, epochs, metrics });
    expect(parseEvent(skimmed)).toEqual({ kind: "event", event: skimmed });
    const gap = skimEpoch(JSON.stringify({ ...end, metrics: { [LISTED_TAG]: null } }));
    expect(gap).toMatchObject({ epoch, metrics: {} });
  });

  it.each([
    ["another event", JSON.stringify({ ...header, type: "checkpoint", epoch: 3, batch: 1, path: "a" })],
    ["another program's way to write it", JSON.stringify(end, null, 1).replaceAll("\n", "")],
    ["an epoch that is no number", JSON.stringify({ ...start, epoch: "3" })],
    ["a line that breaks off", JSON.stringify(end).slice(0, -2)],
  ])("leaves %s to who reads all of a line", (_, line) => {
    expect(skimEpoch(line)).toBeUndefined();
  });
});
