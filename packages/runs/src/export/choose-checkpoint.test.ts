import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { at } from "@trainscope/core/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { chooseCheckpoint } from "./choose-checkpoint.ts";
import type { Wanted } from "./wanted.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-choose-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const choose = async (wanted: Wanted) => basename((await chooseCheckpoint(home, wanted)).path);

it("takes that of an epoch, the newest, or the newest of the best that is kept; else it says what there is", async () => {
  const none = "has no checkpoint at all";
  await expect(choose("last")).rejects.toMatchObject({ message: expect.stringContaining(none) });
  mkdirSync(join(home, "checkpoints"));
  for (const name of ["epoch-0002", "epoch-0004", "epoch-0005-batch-0007"]) {
    writeFileSync(join(home, "checkpoints", `${name}.safetensors`), "");
  }
  expect([await choose(4), await choose("last")]).toEqual([
    "epoch-0004.safetensors",
    "epoch-0005-batch-0007.safetensors",
  ]);
  const places = "; it has those of epoch 2, 4, 5 after batch 7";
  await expect(choose(5)).rejects.toMatchObject({
    code: "BAD_OPTION",
    message: `${home} has no checkpoint of epoch 5${places}`,
  });
  await expect(choose("best")).rejects.toMatchObject({
    message: `${home} has no checkpoint of a best epoch${places}`,
  });

  // 3 was the best, too, but is no longer kept; paths are as they were typed then.
  const events = [1, 2, 3, 4].map((epoch) =>
    at(epoch, {
      type: "checkpoint",
      epoch,
      batch: 1,
      reason: "every",
      best: epoch < 4,
      path: `../then/checkpoints/epoch-000${epoch}.safetensors`,
    }),
  );
  writeFileSync(join(home, "events.jsonl"), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  expect(await choose("best")).toBe("epoch-0002.safetensors");
});
