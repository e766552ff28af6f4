import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import { createReferenceEngine } from "../engine/reference.ts";
import { resolveSettings } from "../settings.ts";
import { observeRun, ofType } from "../testing/observed-run.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import type { Checkpoint } from "./checkpointer.ts";
import type { Control } from "./control.ts";
import type { ScriptedControl } from "./script.ts";
import { train } from "./train.ts";

const settings = { epochs: 3, batchSize: 25, learningRate: 0.05, lambda: 0.01 };
const checkpointAt = (epoch: number, batch: number): ScriptedControl => ({
  ...{ epoch, batch },
  control: { action: "checkpoint" },
});

describe("checkpoints", () => {
  it("hold the run as it stood: place, settings in force, newest metrics, and a copy of the parameters", async () => {
    const saved: Checkpoint[] = [];
    let seen: number[] = [];
    const { events, parameters } = await observeRun({
      runId: "r",
      settings,
      script: [{ epoch: 2, batch: 1, control: { action: "lambda", to: 0.5 } }, checkpointAt(2, 1)],
      saveCheckpoint: async (checkpoint) => {
        saved.push(checkpoint);
        return "a/path";
      },
      onEvent(event, read) {
        if (event.type === "control" && event.action === "checkpoint") seen = read();
      },
    });
    expect(saved).toMatchObject([
      {
        ...{ runId: "r", epoch: 2, batch: 1 },
        settings: resolveSettings({ ...settings, lambda: 0.5 }),
        metrics: ofType(events, "epoch:end")[0]?.metrics,
      },
    ]);
    const [{ weights, biases } = { weights: [], biases: [] }] = saved.map(
      (checkpoint) => checkpoint.parameters,
    );
    expect([...weights, ...biases]).toEqual(seen);
    expect(seen).not.toEqual(parameters);
    expect(ofType(events, "checkpoint")).toMatchObject([{ epoch: 2, path: "a/path", best: false }]);
    expect(ofType(events, "control")[1]).toMatchObject({
      action: "checkpoint",
      from: null,
      to: null,
      batch: 1,
    });
  });

  it("training goes on while they are written, and run:end waits for them", async () => {
    const write = Promise.withResolvers<string>();
    const { events } = await observeRun({
      settings,
      script: [checkpointAt(1, 0)],
      saveCheckpoint: () => write.promise,
      onEvent(event) {
        // Only now, when nothing is left to train.
        if (event.type === "epoch:end" && event.epoch === 3) setTimeout(() => write.resolve("late"), 20);
      },
    });
    expect(events.slice(-2).map(({ type }) => type)).toEqual(["checkpoint", "run:end"]);
  });

  it.each([
    ["that is not written", () => Promise.reject(new Error("disk full")), "disk full"],
    [
      "whose writer throws",
      () => {
        throw new Error("no folder");
      },
      "no folder",
    ],
    ["that nobody can write", undefined, "train() was given nothing to save it with"],
  ])("one %s is an alert, and training goes on", async (_, saveCheckpoint, reason) => {
    const { events } = await observeRun({
      settings,
      script: [checkpointAt(2, 0)],
      ...(saveCheckpoint && { saveCheckpoint }),
    });
    expect(ofType(events, "alert")).toMatchObject([
      { level: "warning", code: "checkpoint", message: `the checkpoint of epoch 2 was not saved: ${reason}` },
    ]);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 3 });
  });

  it("a run that is unsubscribed from does not wait for one that is never done", async () => {
    const closed = Promise.withResolvers<void>();
    const seen: string[] = [];
    const subscription = train({
      dataset: createTinyDataset(),
      settings,
      script: [checkpointAt(3, 3)],
      saveCheckpoint: () => new Promise(() => {}),
      engine: async (setup) => {
        const engine = await createReferenceEngine(setup);
        return { ...engine, close: async () => closed.resolve() };
      },
    }).subscribe(({ type }) => {
      seen.push(type);
      // By then nothing but the checkpoint is waited for.
      if (type === "control") setTimeout(() => subscription.unsubscribe(), 50);
    });
    await closed.promise;
    expect(seen).toContain("control");
    expect(seen).not.toContain("run:end");
  });

  it("one can be asked for while the run is paused", async () => {
    const control = new Subject<Control>();
    const { events } = await observeRun({
      settings,
      control,
      saveCheckpoint: async () => "path",
      onEvent(event) {
        if (event.type === "run:start") {
          control.next({ action: "pause" });
          control.next({ action: "checkpoint" });
        }
        if (event.type === "checkpoint") control.next({ action: "resume" });
      },
    });
    expect(ofType(events, "control").map(({ action }) => action)).toEqual(["pause", "checkpoint", "resume"]);
  });
});
