import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createReferenceEngine } from "@trainscope/core";
import { resolveSettings } from "@trainscope/core/settings";
import { createTinyDataset } from "@trainscope/core/testing";
import { readRun } from "@trainscope/runs";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { TrialTask } from "./trial-task.ts";
import { createTrialWork } from "./trial-work.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-work-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const task: TrialTask = {
  v: 1,
  program: "test",
  dataName: "tiny",
  fingerprint: "0".repeat(64),
  title: "broken",
  epochs: 2,
  settings: resolveSettings({ epochs: 2, batchSize: 10 }),
};

it("leaves the log of a training that failed: it says why", async () => {
  const [trials, checkpoints, runs] = ["trials", "checkpoints", "runs"].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  const work = await createTrialWork({
    dataset: createTinyDataset(),
    trials,
    checkpoints,
    runs,
    async engine(setup) {
      const engine = await createReferenceEngine(setup);
      return { ...engine, trainBatches: () => Promise.reject(new Error("out of order")) };
    },
  });
  const signal = new AbortController().signal;
  await expect(work.perform(task, { signal, onProgress: () => {} })).rejects.toMatchObject({
    code: "TRIAL_FAILED",
  });
  const [name = "", ...others] = readdirSync(runs);
  expect(others).toEqual([]);
  const { events } = await readRun(join(runs, name));
  expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "failed" });
  expect(events).toContainEqual(
    expect.objectContaining({ code: "failed", message: expect.stringContaining("out of order") }),
  );
});
