import type { Checkpoint } from "@trainscope/core";
import type { StoredCheckpoint } from "@trainscope/runs/checkpoints";
import { describe, expect, it, vi } from "vitest";
import { createEpochWeights } from "./epoch-weights.ts";
import { nearestCheckpoint } from "./nearest-checkpoint.ts";
import type { RebuiltCheckpoints } from "./rebuilt-checkpoints.ts";

const whole = (epoch: number): StoredCheckpoint => ({ path: `epoch-${epoch}`, epoch, batch: undefined });
const within = (epoch: number, batch: number): StoredCheckpoint => ({
  path: `epoch-${epoch}-batch-${batch}`,
  epoch,
  batch,
});

it.each([
  [9, undefined],
  [10, "epoch-10"],
  [13, "epoch-10"],
  [20, "epoch-20"],
  [99, "epoch-20"],
])("the weights of epoch %i are those of %s", (epoch, path) => {
  const stored = [within(10, 3), whole(10), within(12, 5), whole(20), within(25, 1)];
  expect(nearestCheckpoint(stored, epoch)?.path).toBe(epoch === 9 ? undefined : path);
});

it("a checkpoint within an epoch counts where there is none after a whole one", () => {
  expect(nearestCheckpoint([within(3, 5), within(4, 2)], 9)?.path).toBe("epoch-4-batch-2");
  expect(nearestCheckpoint([within(3, 5)], 2)).toBeUndefined();
});

describe("createEpochWeights", () => {
  function follow(
    checkpoints: readonly StoredCheckpoint[],
    broken: readonly string[] = [],
    rebuilt?: RebuiltCheckpoints,
  ) {
    const told: string[] = [];
    const onTrouble = vi.fn();
    const read = vi.fn(async (path: string): Promise<Checkpoint> => {
      await Promise.resolve();
      if (broken.includes(path)) throw new Error(`${path} is damaged`);
      return { runId: path } as Checkpoint;
    });
    const weights = createEpochWeights({
      checkpoints,
      read,
      onTrouble,
      ...(rebuilt && { rebuilt }),
      onCheckpoint: ({ runId }) => void told.push(runId),
    });
    return { weights, told, read, onTrouble };
  }

  it("reads one at a time, and tells that of the epoch that was asked for last", async () => {
    const { weights, told, read } = follow([whole(1), whole(2), whole(3), whole(4)]);
    for (const epoch of [1, 2, 3, 4]) weights.follow(epoch);
    await weights.settle();
    expect(told).toEqual(["epoch-4"]);
    expect(read.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it("reads a file once as long as the epochs that are shown have no other", async () => {
    const { weights, told, read } = follow([whole(10), whole(20)]);
    for (const epoch of [12, 13, 11]) {
      weights.follow(epoch);
      await weights.settle();
    }
    expect(told).toEqual(["epoch-10", "epoch-10", "epoch-10"]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("passes over a damaged one, says so once, and takes the one before", async () => {
    const { weights, told, onTrouble } = follow([whole(10), whole(20)], ["epoch-20"]);
    for (const epoch of [25, 24]) {
      weights.follow(epoch);
      await weights.settle();
    }
    expect(told).toEqual(["epoch-10", "epoch-10"]);
    expect(onTrouble.mock.calls).toEqual([["epoch-20 is damaged"]]);
  });

  it("tells nothing before the first checkpoint", async () => {
    const { weights, told } = follow([whole(10)]);
    weights.follow(3);
    await weights.settle();
    expect(told).toEqual([]);
  });

  /** Makes one when it is told to. */
  function workshop() {
    const made = new Map<number, Checkpoint>();
    const asked: { readonly epoch: number; readonly unwanted: AbortSignal; finish(): void }[] = [];
    const rebuilt: RebuiltCheckpoints = {
      kept: (epoch) => made.get(epoch),
      make: (epoch, unwanted) =>
        new Promise((resolve) => {
          const finish = (): void => {
            made.set(epoch, { runId: `made-${epoch}` } as Checkpoint);
            resolve(made.get(epoch));
          };
          asked.push({ epoch, unwanted, finish });
          unwanted.addEventListener("abort", () => resolve(undefined));
        }),
    };
    return { rebuilt, asked };
  }

  it("tells an earlier checkpoint until that of the epoch is made again, and keeps it", async () => {
    const { rebuilt, asked } = workshop();
    const { weights, told } = follow([whole(10), whole(20)], [], rebuilt);
    weights.follow(13);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(told).toEqual(["epoch-10"]);
    asked[0]?.finish();
    await weights.settle();
    weights.follow(20);
    await weights.settle();
    weights.follow(13);
    await weights.settle();
    expect(told).toEqual(["epoch-10", "made-13", "epoch-20", "made-13"]);
    expect(asked.map(({ epoch }) => epoch)).toEqual([13]);
  });

  it("gives up one that isn't asked for any more, and all when it is closed", async () => {
    const { rebuilt, asked } = workshop();
    const { weights, told } = follow([whole(10)], [], rebuilt);
    weights.follow(13);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    weights.follow(14);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[0]?.unwanted.aborted).toBe(true);
    weights.close();
    await weights.settle();
    expect(told).toEqual(["epoch-10", "epoch-10"]);
  });
});
