import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { Control } from "../control/control.ts";
import type { ScriptedControl } from "../control/script.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import { isPersisted } from "../events.ts";
import { resolveSettings } from "../settings/settings.ts";
import { observeRun, ofType } from "../testing/observed-run.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { createCheckpointer } from "./checkpointer.ts";
import { train } from "./train.ts";

const settings = { epochs: 3, batchSize: 25, learningRate: 0.05, lambda: 0.01 };
const checkpointAt = (epoch: number, batch: number): ScriptedControl => ({
  epoch,
  batch,
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
        runId: "r",
        epoch: 2,
        batch: 1,
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

  it("of those that fail one after the other the first is told, and each that somebody asked for", async () => {
    const { events } = await observeRun({
      settings: { ...settings, epochs: 7 },
      script: [checkpointAt(4, 0)],
      checkpointEvery: 1,
      async saveCheckpoint({ epoch }) {
        if (epoch === 5) return "path";
        throw new Error("disk full");
      },
    });
    const told = ofType(events, "alert").map(({ message }) => message);
    expect(told.map((message) => Number(/epoch (\d+)/.exec(message)?.[1]))).toEqual([1, 4, 6, 7]);
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

  it("automatic ones: every few epochs, the best so far, and the end, each of what stood when it was taken", async () => {
    const saved: Checkpoint[] = [];
    const { events } = await observeRun({
      settings: { ...settings, epochs: 7 },
      checkpointEvery: 3,
      saveCheckpoint: async (checkpoint) => {
        saved.push(checkpoint);
        return `epoch-${checkpoint.epoch}`;
      },
    });
    const losses = ofType(events, "epoch:end").map(({ metrics }) => metrics["validation/loss"] ?? Number.NaN);
    const isBest = (epoch: number) =>
      losses.slice(0, epoch - 1).every((loss) => (losses[epoch - 1] ?? 0) < loss);
    expect(saved.map(({ epoch, reason }) => [epoch, reason])).toEqual([
      [1, "best"],
      [3, "every"],
      [6, "every"],
      [7, "end"],
    ]);
    for (const { epoch, best, isWholeEpoch, seq, logged } of saved) {
      expect([best, isWholeEpoch]).toEqual([isBest(epoch), true]);
      const before = events.filter((event) => event.seq < seq);
      expect(before.findLast(({ type }) => type === "epoch:end")).toMatchObject({ epoch });
      expect(before.filter(isPersisted)).toHaveLength(logged);
    }
    expect(ofType(events, "checkpoint").map(({ path }) => path)).toEqual(
      saved.map(({ epoch }) => `epoch-${epoch}`),
    );
  });

  it("a run that is stopped leaves one of the place, from before the stop was told", async () => {
    const saved: Checkpoint[] = [];
    const { events } = await observeRun({
      settings,
      checkpointEvery: 100,
      script: [{ epoch: 2, batch: 1, control: { action: "stop" } }],
      saveCheckpoint: async (checkpoint) => {
        saved.push(checkpoint);
        return "path";
      },
    });
    const stop = ofType(events, "control")[0];
    expect(saved.at(-1)).toMatchObject({
      epoch: 2,
      batch: 1,
      reason: "stop",
      isWholeEpoch: false,
      seq: stop?.seq,
    });
  });
});

describe("checkpointEvery", () => {
  const epochs = 40;

  async function epochsSaved(options: { checkpointEvery?: number; script?: readonly ScriptedControl[] }) {
    const saved: (readonly [number, string])[] = [];
    await observeRun({
      settings: { ...settings, epochs },
      ...options,
      // A disk that is slower than an epoch.
      async saveCheckpoint({ epoch, reason }) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        saved.push([epoch, reason]);
        return "path";
      },
    });
    return saved;
  }

  it("1: every epoch is saved, however slow the disk is", async () => {
    const saved = await epochsSaved({ checkpointEvery: 1 });
    expect(saved.map(([epoch]) => epoch)).toEqual(Array.from({ length: epochs }, (_, i) => i + 1));
  });

  it("1: training waits for a disk that is sixteen behind", async () => {
    let ended = 0;
    const behind: number[] = [];
    await observeRun({
      settings: { ...settings, epochs: 20 },
      checkpointEvery: 1,
      onEvent({ type }) {
        if (type === "epoch:end") ended++;
      },
      async saveCheckpoint({ epoch }) {
        // Until training stands still.
        for (let before = -1; before !== ended; ) {
          before = ended;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        behind.push(ended - epoch);
        return "path";
      },
    });
    expect(behind).toHaveLength(20);
    expect(Math.max(...behind)).toBeLessThanOrEqual(16);
  });

  it("0: none on the way, but where the run is stopped, and at its end", async () => {
    expect(await epochsSaved({ checkpointEvery: 0 })).toEqual([[epochs, "end"]]);
    const script: ScriptedControl[] = [{ epoch: 2, batch: 1, control: { action: "stop" } }];
    expect(await epochsSaved({ checkpointEvery: 0, script })).toEqual([[2, "stop"]]);
  });

  it("left out: none but those that are asked for", async () => {
    expect(await epochsSaved({ script: [checkpointAt(2, 0)] })).toEqual([[2, "asked"]]);
  });
});

describe("a checkpointer", () => {
  const one = (epoch: number, partial: Partial<Checkpoint> = {}) =>
    ({ epoch, batch: 1, reason: "every", best: false, ...partial }) as Checkpoint;

  function slowDisk() {
    const begun: { readonly epoch: number; readonly done: () => void }[] = [];
    let time = 0;
    const save = ({ epoch }: Checkpoint) =>
      new Promise<string>((resolve) => begun.push({ epoch, done: () => resolve("path") }));
    const checkpointer = createCheckpointer(
      save,
      () => {},
      () => time,
    );
    const settled = checkpointer.settle;
    return {
      ...checkpointer,
      pass(ms: number) {
        time += ms;
      },
      /** Lets the disk finish one after the other, and gives the epochs that it was given. */
      async drain() {
        const all = settled(new AbortController().signal);
        for (let i = 0; i < begun.length; i++) {
          begun[i]?.done();
          for (let turn = 0; turn < 10; turn++) await Promise.resolve();
        }
        await all;
        return begun.map(({ epoch }) => epoch);
      },
    };
  }

  it("saves one at a time, all that are regular, and of those asked for that wait the newest", async () => {
    const disk = slowDisk();
    const asked = { reason: "asked" } as const;
    for (const taken of [one(1), one(2), one(3, asked), one(4), one(5, asked), one(6)]) disk.save(taken);
    expect(await disk.drain()).toEqual([1, 2, 4, 5, 6]);
  });

  it("has no room where sixteen wait, until one of them is saved or nobody waits any more", async () => {
    const disk = slowDisk();
    const abort = new AbortController();
    let entered = 0;
    const enter = () => disk.room(abort.signal).then(() => entered++);
    for (let epoch = 1; epoch <= 16; epoch++) disk.save(one(epoch));
    await enter();
    expect(entered).toBe(1);
    disk.save(one(17));
    const entering = enter();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(entered).toBe(1);
    await disk.drain();
    await entering;
    expect(entered).toBe(2);
    for (let epoch = 1; epoch <= 17; epoch++) disk.save(one(epoch));
    const left = enter();
    abort.abort();
    await left;
    expect(entered).toBe(3);
  });

  it("saves the best so far once a second, before others and at the end, and not when another is as good", async () => {
    const disk = slowDisk();
    const best = (epoch: number) => disk.saveBest(one(epoch, { reason: "best", best: true }));
    best(1);
    best(2);
    best(3);
    disk.save(one(4));
    best(5);
    disk.save(one(6, { best: true }));
    disk.pass(1000);
    best(7);
    best(8);
    expect(await disk.drain()).toEqual([1, 3, 4, 6, 7, 8]);
  });
});
