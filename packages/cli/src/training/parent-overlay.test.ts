import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunStartEvent, TrainingEvent } from "@trainscope/core/events";
import { at, runStart } from "@trainscope/core/testing";
import { readRun } from "@trainscope/runs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parentOverlay } from "./parent-overlay.ts";

let out = "";
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "trainscope-overlay-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** A run's folder; the loss of each of its epochs is `loss`. */
function write(
  runId: string,
  epochs: readonly number[],
  loss: number,
  parent?: RunStartEvent["parent"],
): string {
  const events: TrainingEvent[] = [
    at(0, { ...runStart(), ...(parent && { parent }) }),
    ...epochs.map((epoch) =>
      at(epoch, {
        type: "epoch:end",
        epoch,
        epochs: 9,
        learningRate: 0.1,
        metrics: { "train/loss": loss },
        timing: { trainMs: 1, evaluateMs: 1 },
      }),
    ),
  ];
  mkdirSync(join(out, runId));
  const lines = events.map((event) => JSON.stringify({ ...event, runId }));
  writeFileSync(join(out, runId, "events.jsonl"), `${lines.join("\n")}\n`);
  return join(out, runId);
}

it("draws a fork over its parent, and that over what it came from itself", async () => {
  write("first", [1, 2, 3, 4], 1);
  write("second", [3, 4, 5], 2, { runId: "first", epoch: 2, batch: 4 });
  const third = write("third", [5, 6], 3, { runId: "second", epoch: 4, batch: 4 });
  const overlay = await parentOverlay(await readRun(third));
  expect(overlay?.label).toBe("parent second");
  expect(overlay?.history.epochs).toEqual([1, 2, 3, 4, 5]);
  expect(overlay?.history.series.get("train/loss")?.values).toEqual([1, 1, 2, 2, 2]);
});

it("draws nothing beneath a run that is no fork, or whose parent was removed, or is itself", async () => {
  const alone = write("alone", [1], 1);
  const orphan = write("orphan", [3], 1, { runId: "gone", epoch: 2, batch: 4 });
  expect(await parentOverlay(await readRun(alone))).toBeUndefined();
  expect(await parentOverlay(await readRun(orphan))).toBeUndefined();
  const loop = write("loop", [1, 2], 1, { runId: "loop", epoch: 2, batch: 4 });
  expect((await parentOverlay(await readRun(loop)))?.history.epochs).toEqual([1, 2]);
});
