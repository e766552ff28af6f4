// The built-in sample is worth watching: hard for a linear model, and overfitted without regularisation.
import { train } from "@trainscope/core";
import type { EpochEndEvent, RunEndEvent } from "@trainscope/core/events";
import type { TrainSettings } from "@trainscope/core/settings";
import { createSample } from "@trainscope/data-cifar";
import { firstValueFrom, toArray } from "rxjs";
import { describe, expect, it } from "vitest";

async function run(settings: Partial<TrainSettings>) {
  const events = await firstValueFrom(train({ dataset: createSample(), settings }).pipe(toArray()));
  return {
    epochs: events.filter((event): event is EpochEndEvent => event.type === "epoch:end"),
    end: events.at(-1) as RunEndEvent,
  };
}

const gap = ({ metrics }: EpochEndEvent): number =>
  (metrics["validation/loss"] ?? Number.NaN) - (metrics["train/loss"] ?? Number.NaN);

describe("built-in sample", () => {
  it("a linear model ends between 35 and 65 % on its test split, with and without regularisation", async () => {
    for (const lambda of [0, 0.1]) {
      const { end } = await run({ lambda });
      expect(end.metrics["test/accuracy"]).toBeGreaterThan(0.35);
      expect(end.metrics["test/accuracy"]).toBeLessThan(0.65);
    }
  });

  it("without regularisation it overfits: training climbs far above validation, and the gap widens", async () => {
    const { epochs } = await run({ lambda: 0 });
    const [early, last] = [epochs[4], epochs.at(-1)];
    if (early === undefined || last === undefined) throw new Error("expected 40 epochs");
    const accuracies = ["train", "validation"].map((split) => last.metrics[`${split}/accuracy`] ?? Number.NaN);
    expect((accuracies[0] ?? 0) - (accuracies[1] ?? 0)).toBeGreaterThan(0.08);
    expect(gap(last)).toBeGreaterThan(2 * gap(early));
  });
});
