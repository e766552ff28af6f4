import { createReferenceEngine } from "@trainscope/core";
import { resolveSettings } from "@trainscope/core/settings";
import { createTinyDataset } from "@trainscope/core/testing";
import { expect, it } from "vitest";
import { type TrialCheckpoints, trainTrial } from "./train-trial.ts";
import type { Trial } from "./trial.ts";

const trial: Trial = {
  id: "trial",
  title: "trial",
  data: "assignment",
  keepsFrames: true,
  settings: resolveSettings({ epochs: 4, batchSize: 10 }),
};
const about = { dataset: createTinyDataset(), engine: createReferenceEngine };

function memoryCheckpoints() {
  let kept: Awaited<ReturnType<TrialCheckpoints["load"]>>;
  const checkpoints: TrialCheckpoints = {
    load: async () => kept,
    async save(checkpoint, log) {
      kept = { checkpoint, events: log.filter(({ seq }) => seq < checkpoint.seq) };
      return "memory";
    },
  };
  return checkpoints;
}

it("goes on from a checkpoint to the bits of one that was trained at once, and tells no epoch twice", async () => {
  const signal = new AbortController().signal;
  const told: number[] = [];
  const onEvent = (event: { type: string; epoch?: number }): void => {
    if (event.type === "epoch:end") told.push(event.epoch ?? Number.NaN);
  };
  const whole = await trainTrial(trial, { ...about, signal, onEvent: () => {} });
  const checkpoints = memoryCheckpoints();
  const part = await trainTrial(trial, { ...about, signal, onEvent, checkpoints, epochs: 1 });
  const rest = await trainTrial(trial, { ...about, signal, onEvent, checkpoints });
  expect(told).toEqual([1, 2, 3, 4]);
  expect(part.record).toMatchObject({ reason: "stopped", epochs: [1] });
  expect(rest.parameters).toEqual(whole.parameters);
  expect(rest.record).toEqual({
    ...whole.record,
    milliseconds: rest.record.milliseconds,
  });
  // What is gone can't be pictured any more.
  expect(whole.frames.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
  expect(rest.frames).toEqual(whole.frames.slice(1));
});

it("gives the whole log away, and that of one that failed, too", async () => {
  const signal = new AbortController().signal;
  const logs: (readonly { readonly type: string }[])[] = [];
  const saveLog = async (log: (typeof logs)[number]): Promise<void> => void logs.push(log);
  const checkpoints = memoryCheckpoints();
  const shared = { dataset: about.dataset, signal, checkpoints, saveLog, onEvent: () => {} };
  await trainTrial(trial, { ...shared, engine: createReferenceEngine, epochs: 1 });
  const broken = trainTrial(trial, {
    ...shared,
    async engine(setup) {
      const engine = await createReferenceEngine(setup);
      return { ...engine, trainBatches: () => Promise.reject(new Error("out of order")) };
    },
  });
  await expect(broken).rejects.toMatchObject({ code: "TRIAL_FAILED" });
  const types = logs.map((log) => log.map(({ type }) => type));
  expect(types).toHaveLength(2);
  expect(types[0]?.at(-1)).toBe("run:end");
  expect(types[1]).toEqual(expect.arrayContaining(["run:start", "epoch:end", "alert"]));
  expect(logs[1]?.at(-1)).toMatchObject({ type: "run:end", reason: "failed" });
});

it("stops where the signal aborts while the checkpoint is read", async () => {
  const abort = new AbortController();
  const trained = trainTrial(trial, {
    ...about,
    checkpoints: memoryCheckpoints(),
    signal: abort.signal,
    onEvent: () => {},
  });
  abort.abort(new Error("enough"));
  await expect(trained).rejects.toThrow("enough");
});
