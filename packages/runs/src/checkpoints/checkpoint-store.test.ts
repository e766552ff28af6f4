import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Checkpoint } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRunFolder, openRunFolder } from "../files/run-folder.ts";
import { createCheckpointStore } from "./checkpoint-store.ts";
import { checkpointAt } from "./testing/checkpoint.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-store-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const names = () => readdirSync(join(home, "run/checkpoints")).sort();

async function storeOf(past: readonly TrainingEvent[] = [], isLogged = () => true) {
  const order: string[] = [];
  const isThere = existsSync(join(home, "run"));
  const folder = await (isThere ? openRunFolder(join(home, "run")) : createRunFolder(home, () => "run"));
  const save = createCheckpointStore({
    folder,
    past,
    keepLast: 2,
    async flushLog() {
      order.push(`log before ${readdirSync(folder.path).includes("checkpoints") ? "another" : "the first"}`);
      return isLogged();
    },
  });
  return { save, order };
}

it("keeps the newest, the best so far and those that were asked for, each named after its place", async () => {
  const { save, order } = await storeOf();
  const one = (epoch: number, partial: Partial<Checkpoint> = {}) =>
    save({ ...checkpointAt(epoch), ...partial });
  expect(await one(1, { best: true })).toBe(join(home, "run/checkpoints/epoch-0001.safetensors"));
  await one(2, { best: true });
  await one(3, { reason: "asked", isWholeEpoch: false, batch: 7 });
  await one(3);
  await one(4);
  expect(names()).toEqual([
    "epoch-0002.safetensors",
    "epoch-0003-batch-0007.safetensors",
    "epoch-0003.safetensors",
    "epoch-0004.safetensors",
  ]);
  await one(5, { best: true });
  expect(names()).toEqual([
    "epoch-0003-batch-0007.safetensors",
    "epoch-0004.safetensors",
    "epoch-0005.safetensors",
  ]);
  // One that the log doesn't lead to would be of no use.
  expect(order.slice(0, 2)).toEqual(["log before the first", "log before another"]);
});

it("knows the best and the asked ones of a run that goes on", async () => {
  const before = await storeOf();
  for (const epoch of [1, 2, 3]) await before.save(checkpointAt(epoch));
  const told = (epoch: number, partial: object) =>
    ({
      type: "checkpoint",
      epoch,
      path: `elsewhere/epoch-000${epoch}.safetensors`,
      ...partial,
    }) as TrainingEvent;
  const { save } = await storeOf([told(2, { best: true }), told(3, { reason: "asked" })]);
  for (const epoch of [4, 5, 6]) await save(checkpointAt(epoch));
  expect(names()).toEqual([2, 3, 5, 6].map((epoch) => `epoch-000${epoch}.safetensors`));
});

it("as long as the log can't be written, those that it leads to stay beside the newest", async () => {
  let isLogged = true;
  const { save } = await storeOf([], () => isLogged);
  const saveAll = async (epochs: readonly number[]) => {
    for (const epoch of epochs) await save(checkpointAt(epoch));
  };
  await saveAll([1, 2, 3]);
  isLogged = false;
  await saveAll([4, 5, 6, 7]);
  expect(names()).toEqual([2, 3, 6, 7].map((epoch) => `epoch-000${epoch}.safetensors`));
  isLogged = true;
  await saveAll([8, 9]);
  expect(names()).toEqual([8, 9].map((epoch) => `epoch-000${epoch}.safetensors`));
});
