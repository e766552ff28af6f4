import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createReferenceEngine } from "@trainscope/core";
import { resolveSettings } from "@trainscope/core/settings";
import { createTinyDataset } from "@trainscope/core/testing";
import { expect, it, onTestFinished } from "vitest";
import { trainTrial } from "./train-trial.ts";

it("stops where the signal aborts while the checkpoint is read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-sweep-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const abort = new AbortController();
  const trained = trainTrial(
    {
      ...{ id: "trial", title: "trial", stage: "search", data: "assignment", keepsFrames: false },
      settings: resolveSettings({ epochs: 2, batchSize: 10 }),
    },
    {
      ...{ dataset: createTinyDataset(), engine: createReferenceEngine, epochs: 2 },
      ...{ checkpoint: join(folder, "checkpoint"), signal: abort.signal, onEpoch: () => {} },
    },
  );
  abort.abort(new Error("enough"));
  await expect(trained).rejects.toThrow("enough");
});
