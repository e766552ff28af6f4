import { describe, expect, it } from "vitest";
import type { EpochEndEvent, MetricValues } from "./events.ts";
import { appendEpoch, bestOf, createHistory } from "./history.ts";

function epochEnd(epoch: number, metrics: MetricValues): EpochEndEvent {
  const timing = { trainMs: 1, evaluateMs: 1 };
  const header = { v: 1, seq: epoch, runId: "run", time: 0 } as const;
  return { ...header, type: "epoch:end", epoch, epochs: 9, learningRate: 1, metrics, timing };
}

describe("history", () => {
  it("keeps every series as long as there are epochs, with gaps where a tag is missing", () => {
    const history = createHistory();
    appendEpoch(history, epochEnd(1, { "train/loss": 2 }));
    appendEpoch(history, epochEnd(2, { "train/loss": null, "train/late": 7 }));
    appendEpoch(history, epochEnd(3, { "train/late": 8 }));
    expect(history.epochs).toEqual([1, 2, 3]);
    expect(history.series.get("train/loss")).toEqual([2, null, null]);
    expect(history.series.get("train/late")).toEqual([null, 7, 8]);
  });

  it("an epoch told once more is still one: its values change, and whoever has seen those before keeps them", () => {
    const history = createHistory();
    appendEpoch(history, epochEnd(1, { "train/loss": 2 }));
    appendEpoch(history, epochEnd(2, { "train/loss": 3, "train/norm": 1 }));
    const seen = history.series.get("train/loss");
    appendEpoch(history, epochEnd(2, { "train/loss": 4, "train/norm": null, "validation/loss": 5 }));
    expect(history.epochs).toEqual([1, 2]);
    expect(Object.fromEntries(history.series)).toEqual({
      "train/loss": [2, 4],
      "train/norm": [null, 1],
      "validation/loss": [null, 5],
    });
    expect(seen).toEqual([2, 3]);
  });

  it("finds the best by direction, the earliest of equals, past gaps", () => {
    const history = createHistory();
    [null, 3, 1, 5, 1, 5].forEach((value, index) => {
      appendEpoch(history, epochEnd(index + 1, { m: value }));
    });
    expect(bestOf(history, "m", "min")).toEqual({ epoch: 3, value: 1 });
    expect(bestOf(history, "m", "max")).toEqual({ epoch: 4, value: 5 });
    expect(bestOf(history, "m", "none")).toBeUndefined();
    expect(bestOf(history, "absent", "min")).toBeUndefined();
  });
});
